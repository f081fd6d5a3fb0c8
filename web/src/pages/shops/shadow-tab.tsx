import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { shadowWords } from '../../words/shadow.ts'
import { shopWords } from '../../words/shops.ts'
import type { ShopCard } from './signs.tsx'

type Report = Answer<'GET /shops/:shopId/shadow'>

/** 影子对照: what we would have done beside what the back office did, order by order, and when the shop may go live. */
export function ShadowTab({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shadowWords)
  const read = useRead('GET /shops/:shopId/shadow', { shopId: shop.shopId })
  return (
    <Shown read={read} what={words.what}>
      {(report) => (
        <div className="overview">
          <Verdict shop={shop} report={report} />
          <section className="card stack">
            <h2>{words.differences}</h2>
            {report.compared === 0 ? <Empty title={words.none}>{words.noneHelp}</Empty> : <Orders report={report} />}
          </section>
          <section className="card stack">
            <h2>{words.stock}</h2>
            <Stock report={report} />
          </section>
        </div>
      )}
    </Shown>
  )
}

function Verdict({ shop, report }: { readonly shop: ShopCard; readonly report: Report }) {
  const words = useWords(shadowWords)
  const { mayNot, day: dates } = useWords(shopWords)
  const may = useMay()('shops.manage')
  const { run, isRunning } = useDo('PATCH /shops/:shopId', {
    changes: ['GET /shops', 'GET /shops/:shopId', 'GET /shops/:shopId/shadow', 'GET /home'],
    onDone: () => say({ tone: 'ok', text: words.wentLive(shop.name) }),
  })
  const left = Math.max(0, report.wantedDays - report.cleanDays)
  return (
    <section className="card stack">
      <p>
        {words.compared(countText(report.compared), countText(report.cleanDays))}{' '}
        {report.since && (
          <span className="quiet">
            {words.since} <Time at={report.since} />
          </span>
        )}
      </p>
      <div className="line wrap">
        <span>{report.mayGoLive ? words.ready : words.wanted(countText(left))}</span>
        {report.mayGoLive && (
          <Button
            kind="primary"
            busy={isRunning}
            because={may ? null : mayNot}
            onPress={() => run({ shopId: shop.shopId, stage: 'live' })}
          >
            {words.goLive}
          </Button>
        )}
      </div>
      {report.days.length > 0 && (
        <ol className="shadow-days">
          {report.days.slice(0, 14).map(({ day, orders, differences }) => (
            <li key={day}>
              <span>{dates.date(Number(day.slice(5, 7)), Number(day.slice(8)))}</span>
              <span className="quiet">{countText(orders)}</span>
              <Tag tone={differences === 0 ? 'ok' : 'err'}>
                {differences === 0 ? words.clean : `${words.differences} ${countText(differences)}`}
              </Tag>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Orders({ report }: { readonly report: Report }) {
  const words = useWords(shadowWords)
  if (report.differences.length === 0) return <p className="quiet">{words.same}</p>
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.order}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.ours}</th>
            <th scope="col">{words.theirs}</th>
            <th scope="col">{words.at}</th>
          </tr>
        </thead>
        <tbody>
          {report.differences.map((one) => (
            <tr key={one.orderId}>
              <th scope="row">
                <Go to={`/orders/${one.orderNo}`}>{one.channelOrderNo}</Go>
              </th>
              <td>
                <Tag tone="err">{words.kinds[one.kind]}</Tag>
              </td>
              <td className="wraps">{one.ours}</td>
              <td className="wraps">{one.theirs}</td>
              <td>
                <Time at={one.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Stock({ report }: { readonly report: Report }) {
  const words = useWords(shadowWords)
  if (report.stock.length === 0) return <p className="quiet">{words.stockSame}</p>
  return (
    <>
      {report.stockDiffers > report.stock.length && (
        <p className="quiet">{words.stockMore(countText(report.stockDiffers))}</p>
      )}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.listing}</th>
              <th scope="col" className="num">
                {words.ours}
              </th>
              <th scope="col" className="num">
                {words.theirs}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.stock.map((row) => (
              <tr key={row.listingId}>
                <th scope="row" className="wraps">
                  {row.title} <span className="quiet">{row.specification}</span>
                </th>
                <td className="num">{countText(row.ours)}</td>
                <td className="num">{countText(row.theirs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
