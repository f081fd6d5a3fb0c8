import type { Answer } from '../../api.ts'
import { countText, dayText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Choices } from '../../parts/field.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { TabProps } from './one-shop.tsx'
import { cleanShop } from './search.ts'
import { DayTag, type ShopCard, useDaySentence } from './signs.tsx'

type Day = Answer<'GET /shops/:shopId/certificates'>['days'][number]

const ranges = [7, 14, 30]
const dayMs = 86_400_000

/** 完整性证明: for each day what the channel counts and what we have, which numbers were missing, and how they came after all. */
export function DaysTab({ shop, search, change }: TabProps) {
  const words = useWords(shopWords).days
  const now = useNow()
  const days = ranges.find((each) => each === search.days) ?? ranges[0] ?? 7
  const input = { shopId: shop.shopId, from: dayText(now - (days - 1) * dayMs), to: dayText(now) }
  const read = useRead('GET /shops/:shopId/certificates', input)
  return (
    <div className="stack days">
      <Choices
        label={words.range}
        value={days}
        options={ranges.map((value) => ({ value, label: words.of(value) }))}
        onChange={(next) => change(cleanShop({ ...search, days: next === ranges[0] ? undefined : next }))}
      />
      <Shown read={read} what={words.what}>
        {(data) =>
          data.days.every(({ state }) => state === 'none') ? (
            <Empty title={words.none}>{words.noneHelp}</Empty>
          ) : (
            <Table shop={shop} days={data.days.toReversed()} />
          )
        }
      </Shown>
    </div>
  )
}

function Table({ shop, days }: { readonly shop: ShopCard; readonly days: readonly Day[] }) {
  const words = useWords(shopWords).days
  const sentence = useDaySentence()
  return (
    <section className="card table-scroll" aria-label={words.what}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.head}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.missed}</th>
            <th scope="col">{words.compared}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{sentence(shop, day)}</th>
              <td>
                <DayTag state={day.state} />
              </td>
              <td className="wraps">
                <Missed day={day} />
              </td>
              <td>
                <Time at={day.comparedAt} none={words.notCompared} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Missed({ day }: { readonly day: Day }) {
  const words = useWords(shopWords).days
  if (day.missedOrders.length === 0) return <span className="quiet">{words.noneMissed}</span>
  const missing = day.missedOrders.reduce((sum, each) => sum + each.count, 0)
  const healed = day.missedOrders.filter(({ healedAt }) => healedAt !== null)
  return (
    <details className="missed" open={healed.length < day.missedOrders.length}>
      <summary>
        {words.healed(countText(missing), countText(healed.reduce((sum, each) => sum + each.count, 0)))}
      </summary>
      <ul>
        {day.missedOrders.map((each) => (
          <li key={`${each.channelOrderNo} ${each.noticedAt}`}>
            <strong>{each.channelOrderNo ?? words.byCount(countText(each.count))}</strong>
            <span className="quiet">{words.by[each.noticedBy]}</span>
            <Time at={each.noticedAt} />
            {each.healedBy === null ? (
              <Tag tone="err">{words.notHealed}</Tag>
            ) : (
              <Tag tone="ok">{words.heal[each.healedBy]}</Tag>
            )}
            {each.healedAt !== null && <Time at={each.healedAt} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
