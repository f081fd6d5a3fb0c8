import { Page } from '../../parts/page.tsx'
import { ChannelMark } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'

/** 渠道店铺: every shop with its state in words. */
export default function ShopsPage() {
  const words = useWords(shopWords)
  const shops = useRead('GET /shops', {})
  return (
    <Page title={words.title}>
      <Shown read={shops} what={words.what}>
        {(data) => (
          <ul className="stack">
            {data.shops.map((shop) => (
              <li key={shop.shopId} className="card line">
                <ChannelMark channel={shop.channel} mark={shop.mark} />
                {shop.name}
                <span className="quiet">{shop.words}</span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Page>
  )
}
