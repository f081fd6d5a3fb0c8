import './shops.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import { useShopDeeds } from './deeds.tsx'
import { OneShopPage } from './one-shop.tsx'
import { OneCard } from './shop-card.tsx'
import { isTroubled } from './signs.tsx'

const everyMs = 15_000

/** 渠道店铺: every shop with its state in words; or the one that the address names. */
export default function ShopsPage() {
  const search = useSearch({ from: '/shops' })
  const navigate = useNavigate({ from: '/shops' })
  if (search.shop === undefined) return <AllShops />
  return (
    <OneShopPage
      key={search.shop}
      shopId={search.shop}
      search={search}
      change={(next) => void navigate({ search: next, replace: next.tab === search.tab })}
    />
  )
}

function AllShops() {
  const words = useWords(shopWords)
  const may = useMay()('shops.manage')
  const shops = useRead('GET /shops', {}, { refetchInterval: everyMs })
  const deeds = useShopDeeds()
  const all = shops.data?.shops
  const troubled = all?.filter(isTroubled).length ?? 0
  const fact =
    all &&
    (troubled === 0 ? words.factGood(countText(all.length)) : words.fact(countText(all.length), countText(troubled)))
  const connect = (
    <Button kind="primary" because={may ? null : words.mayNot} onPress={() => deeds.connect()}>
      {words.connect}
    </Button>
  )
  return (
    <Page
      title={words.title}
      count={troubled}
      fact={all?.length ? fact : undefined}
      acts={all?.length ? connect : null}
    >
      <Shown read={shops} what={words.what}>
        {(data) =>
          data.shops.length === 0 ? (
            <Empty title={words.none} act={connect}>
              {words.noneHelp}
            </Empty>
          ) : (
            <div className="shop-cards">
              {data.shops.map((shop) => (
                <OneCard key={shop.shopId} shop={shop} deeds={deeds} />
              ))}
            </div>
          )
        }
      </Shown>
      {deeds.dialogs}
    </Page>
  )
}
