import type { Answer } from '../../api.ts'
import { countText, instantOf, timeText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Copy } from '../../parts/copy.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { besideWords } from '../../words/beside.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import { useBeside, useStageTip } from './beside.tsx'
import { FileGuide } from './file-guide.tsx'
import { FirstPullBar } from './first-pull.tsx'
import { Addresses, useChannelName, useChannels } from './keys-form.tsx'
import { DutyState, dutiesOf, Fact, ModeTag, QuotaLine, type ShopCard, Week } from './signs.tsx'

type OneShop = Answer<'GET /shops/:shopId'>

/** What the shop is, what is kept in step, which limits hold, which keys it has. */
export function OverviewTab({ one }: { readonly one: OneShop }) {
  const words = useWords(shopWords)
  const { shop } = one
  const channel = useChannels()?.find((each) => each.channel === shop.channel)
  if (shop.mode === 'file')
    return (
      <div className="overview">
        <section className="card">{channel && <FileGuide channel={channel} />}</section>
      </div>
    )
  return (
    <div className="overview">
      <section className="card">
        <h2>{words.overview.facts}</h2>
        <Facts one={one} />
      </section>
      <section className="card">
        <h2>{words.duties}</h2>
        <Duties shop={shop} />
      </section>
      {shop.takesOrders && (
        <section className="card">
          <h2>{words.week.title}</h2>
          <Week shop={shop} />
          {shop.firstPull && <FirstPullBar pull={shop.firstPull} />}
        </section>
      )}
      <section className="card">
        <h2>{words.quota.title}</h2>
        <Quotas shop={shop} />
      </section>
      <section className="card stack">
        <h2>{words.overview.keys}</h2>
        <Keys one={one} />
        <Addresses one={one} />
      </section>
    </div>
  )
}

function Facts({ one }: { readonly one: OneShop }) {
  const words = useWords(shopWords)
  const name = words.overview.number
  const channelName = useChannelName()
  const { shop } = one
  const stageTip = useStageTip(shop)
  const reports = useWords(besideWords)
  const beside = useBeside(shop)
  return (
    <dl className="facts">
      <Fact name={words.overview.channel}>{channelName(shop)}</Fact>
      <Fact name={name}>
        {one.channelShopNo === null ? (
          <span className="quiet">{words.overview.numberNone}</span>
        ) : (
          <span className="line">
            {one.channelShopNo} <Copy text={one.channelShopNo} what={name} />
          </span>
        )}
      </Fact>
      <Fact name={words.overview.authorisation}>
        <Authorisation shop={shop} />
      </Fact>
      <Fact name={words.overview.writes}>
        <ModeTag shop={shop} /> <span className="small quiet">{stageTip[shop.stage]}</span>
      </Fact>
      {beside !== null && <Fact name={reports.reports}>{beside}</Fact>}
      {shop.takesOrders && <Fact name={words.overview.history}>{words.settings.days(one.historyDays)}</Fact>}
    </dl>
  )
}

const authTone = { none: 'neutral', good: 'ok', expiring: 'warn', expired: 'err' } as const

function Authorisation({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords).overview
  const yesterday = useWords(partWords).time.yesterday
  const now = useNow()
  const { state, expiresAt, isRefreshed } = shop.authorisation
  const isHeld = state === 'good' || state === 'expiring'
  const until = expiresAt === null ? words.noAuth : words.until(timeText(instantOf(expiresAt), now, yesterday))
  const kept = isRefreshed ? words.renewed : words.notRenewed
  const renewal = expiresAt === null ? '' : kept
  const told = isHeld ? [until, renewal] : []
  return (
    <span className="line wrap">
      <Tag tone={authTone[state]}>{words.auth[state]}</Tag>
      {told.filter(Boolean).map((text) => (
        <span key={text} className="small quiet">
          {text}
        </span>
      ))}
    </span>
  )
}

function Duties({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords)
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.dutyHead}</th>
            <th scope="col">{words.lastSuccess}</th>
            <th scope="col">{words.lastTrouble}</th>
            <th scope="col">{words.troubleNow}</th>
          </tr>
        </thead>
        <tbody>
          {dutiesOf(shop).map((duty) => (
            <tr key={duty.duty}>
              <th scope="row">{words.duty[duty.duty]}</th>
              <td>
                <DutyState duty={{ ...duty, trouble: null }} />
              </td>
              <td>
                <Time at={duty.lastTroubleAt} />
              </td>
              <td className="wraps" data-tone={duty.trouble ? 'err' : undefined}>
                {duty.trouble?.zh ?? <span className="quiet">{words.noTrouble}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Quotas({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords).quota
  const { quotas, freshMs } = shop
  const named: Readonly<Record<string, string>> = { '*': words.all, read: words.read, write: words.write }
  return (
    <>
      <dl className="facts">
        <Fact name={words.fresh}>
          {freshMs === null ? (
            <span className="quiet">{words.freshNone}</span>
          ) : (
            words.freshness(countText(Math.ceil(freshMs / 1_000)))
          )}
        </Fact>
        {quotas.map((quota) => (
          <Fact
            key={`${quota.operation} ${quota.per} ${quota.perMs}`}
            name={`${named[quota.operation] ?? quota.operation} · ${words.scope[quota.per]}`}
          >
            <QuotaLine quota={quota} />
          </Fact>
        ))}
      </dl>
      {quotas.length === 0 && <p className="quiet">{words.none}</p>}
    </>
  )
}

function Keys({ one }: { readonly one: OneShop }) {
  const words = useWords(shopWords).overview
  const language = useLanguage()
  const channel = useChannels()?.find((each) => each.channel === one.shop.channel)
  const held = new Map(one.typed.map(({ name, value }) => [name, value]))
  const shown = channel?.fields.filter(({ optional, name }) => !optional || held.has(name)) ?? []
  return (
    <>
      <p className="quiet">{words.filled(Number(countText(one.typed.length)))}</p>
      <dl className="facts">
        {shown
          .filter(({ kind, name }) => kind !== 'obtained' || held.has(name))
          .map((field) => (
            <Fact key={field.name} name={field[language]}>
              {held.has(field.name) ? (
                (held.get(field.name) ?? <span className="quiet">{words.secret}</span>)
              ) : (
                <Tag tone="warn">{words.empty}</Tag>
              )}
            </Fact>
          ))}
      </dl>
    </>
  )
}
