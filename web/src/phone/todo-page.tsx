import type { Answer } from '../api.ts'
import { countText, spanOf } from '../format.ts'
import { useNow } from '../now.ts'
import { useMay } from '../session.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'
import { Failed, Waiting } from './failed.tsx'
import { go } from './place.ts'
import { useCall } from './use-call.ts'

/** 待办: what waits for me, then what goes wrong next, soonest first. */
export default function TodoPage() {
  const may = useMay()
  return (
    <div className="phone-stack">
      {may('fulfilment.read') && <Parcels />}
      <Others />
      {may('home.see') && <Urgent />}
    </div>
  )
}

function Parcels() {
  const words = useWords(phoneWords).todo
  const may = useMay()
  const { data, failure, again } = useCall('GET /parcels', { limit: 1 })
  if (data === null) return failure ? <Failed failure={failure} onAgain={again} /> : <Waiting />
  const { counts } = data
  return (
    <section className="phone-stack">
      {counts.stopped > 0 && (
        <a className="phone-row" data-tone="err" href="/fulfil?step=stopped">
          <span>{words.stopped}</span>
          <b>{countText(counts.stopped)}</b>
        </a>
      )}
      <dl className="phone-counts">
        <Figure label={words.check} value={counts.printed} />
        <Figure label={words.print} value={counts['to-print'] + counts['to-allocate']} />
        <Figure label={words.unsent} value={counts.unsent} />
      </dl>
      {may('fulfilment.work') && (
        <button type="button" className="btn phone-main" data-kind="primary" onClick={() => go('/m/check')}>
          {words.scan}
        </button>
      )}
    </section>
  )
}

/** The ways to what else one does on the phone. */
function Others() {
  const words = useWords(phoneWords).todo
  const may = useMay()
  const { data } = useCall('GET /orders/counts', may('orders.review') ? {} : null)
  return (
    <>
      {data && (
        <button type="button" className="phone-row" onClick={() => go('/m/review')}>
          <span>{words.review}</span>
          <b>{countText(data.views['to-review'] + data.views.exceptions)}</b>
        </button>
      )}
      {may('stock.adjust') && (
        <button type="button" className="btn phone-wide" onClick={() => go('/m/count')}>
          {words.count}
        </button>
      )}
    </>
  )
}

function Figure({ label, value }: { readonly label: string; readonly value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{countText(value)}</dd>
    </div>
  )
}

type UrgentItem = Answer<'GET /home'>['urgent'][number]

function Urgent() {
  const words = useWords(phoneWords).todo
  const { data, failure, again } = useCall('GET /home', {})
  if (data === null) return failure ? <Failed failure={failure} onAgain={again} /> : <Waiting />
  if (data.urgent.length === 0) return <p className="quiet">{words.fine}</p>
  return (
    <section className="phone-stack">
      <h2>{words.urgent}</h2>
      <ul className="phone-list">
        {data.urgent.map((item) => (
          <li key={item.kind + item.to}>
            <UrgentRow item={item} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function UrgentRow({ item }: { readonly item: UrgentItem }) {
  const words = useWords(phoneWords).todo
  const language = useLanguage()
  const now = useNow()
  const isDue = item.due === null || item.due <= now
  return (
    <a className="phone-row" href={item.to} data-tone={isDue ? 'err' : undefined}>
      <span className="phone-row-text">
        <span>{item[language]}</span>
        <span className="quiet small">
          {item.owner} · {isDue ? words.overdue : words.left(leftText(words, (item.due ?? now) - now))}
        </span>
      </span>
      <b>{countText(item.count)}</b>
    </a>
  )
}

function leftText(words: typeof phoneWords.zh.todo, ms: number): string {
  const { days, hours, minutes } = spanOf(ms)
  if (days > 0) return words.days(days)
  return hours > 0 ? words.hours(hours) : words.minutes(minutes)
}
