import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { MenuButton } from '../../parts/menu.tsx'
import { agoText, ChannelMark, Tag } from '../../parts/signs.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopFileWords } from '../../words/shop-files.ts'
import { shopWords } from '../../words/shops.ts'
import { Beside } from './beside.tsx'
import type { ShopDeeds } from './deeds.tsx'
import { FirstPullBar } from './first-pull.tsx'
import { DutyState, dutiesOf, Fact, fullest, ModeTag, QuotaLine, type ShopCard, StateTag, Week } from './signs.tsx'

interface CardProps {
  readonly shop: ShopCard
  readonly deeds: ShopDeeds
}

/** One shop: its state in words, what is kept in step, the calls it has left, its last seven days. */
export function OneCard({ shop, deeds }: CardProps) {
  const words = useWords(shopWords)
  const quota = fullest(shop.quotas)
  const isApi = shop.mode === 'api'
  // Before it is live nothing is meant to be told.
  const isHeld = shop.stage === 'read-only' || shop.stage === 'shadow'
  const isPulling = shop.firstPull !== null && shop.firstPull.state !== 'done'
  return (
    <article className="card shop-card" aria-label={shop.name}>
      <header>
        <ChannelMark channel={shop.channel} mark={shop.mark} />
        <h2>
          <Go to={`/shops?shop=${shop.shopId}`} className="cut">
            {shop.name}
          </Go>
        </h2>
        <ModeTag shop={shop} />
      </header>
      <p className="line wrap">
        <StateTag shop={shop} />
        <Age shop={shop} />
        {shop.unsent > 0 && (
          <Go to={`/shops?shop=${shop.shopId}&tab=unsent`}>
            <Tag tone={isHeld ? 'neutral' : 'warn'}>
              {(isHeld ? words.heldSome : words.unsentSome)(countText(shop.unsent))}
            </Tag>
          </Go>
        )}
      </p>
      <Beside shop={shop} />
      {isPulling && shop.firstPull && <FirstPullBar pull={shop.firstPull} />}
      {isApi && (
        <>
          <dl className="facts" aria-label={words.duties}>
            {dutiesOf(shop).map((duty) => (
              <Fact key={duty.duty} name={words.duty[duty.duty]}>
                <DutyState duty={duty} />
              </Fact>
            ))}
            {quota && (
              <Fact name={words.quota.title}>
                <QuotaLine quota={quota} />
              </Fact>
            )}
          </dl>
          {shop.takesOrders && <Week shop={shop} />}
        </>
      )}
      {!isApi && <p className="quiet">{words.modeFileTip}</p>}
      <CardFoot shop={shop} deeds={deeds} />
    </article>
  )
}

function Age({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords)
  const time = useWords(partWords).time
  if (shop.mode === 'file' || !shop.takesOrders) return null
  return (
    <span className="small quiet">
      {shop.dataAgeMs === null ? words.ageNone : words.age(agoText(time, shop.dataAgeMs))}
    </span>
  )
}

function CardFoot({ shop, deeds }: CardProps) {
  const words = useWords(shopWords)
  return (
    <footer className="line wrap">
      <MainDeed shop={shop} deeds={deeds} />
      <Go to={`/shops?shop=${shop.shopId}`} kind="plain" name={`${words.open} ${shop.name}`}>
        {words.open}
      </Go>
      <span className="push">
        <MenuButton icon="more" name={words.deeds.more(shop.name)} kind="quiet" items={deeds.items(shop)} alignEnd />
      </span>
    </footer>
  )
}

/** What this shop needs most: its connecting finished, its authorisation renewed, a file. */
export function MainDeed({ shop, deeds }: CardProps) {
  const words = useWords(shopWords)
  const { toTransfers } = useWords(shopFileWords)
  const may = useMay()('shops.manage')
  const because = may ? null : words.mayNot
  if (shop.mode === 'file')
    return (
      <Go to="/transfers" kind="primary">
        {toTransfers}
      </Go>
    )
  if (shop.state === 'new')
    return (
      <Button kind="primary" because={because} onPress={() => deeds.connect(shop)}>
        {words.resumeConnect}
      </Button>
    )
  if (needsConsent(shop))
    return (
      <Button kind="primary" because={because} busy={deeds.isAuthorising} onPress={() => deeds.authorise(shop)}>
        {words.authoriseAgain}
      </Button>
    )
  return null
}

const needsConsent = (shop: ShopCard) =>
  shop.authorisation.expiresAt !== null &&
  (shop.state === 'stopped' ||
    shop.authorisation.state === 'expired' ||
    (shop.authorisation.state === 'expiring' && !shop.authorisation.isRefreshed))
