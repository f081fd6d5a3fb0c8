import './home.css'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText, timeText } from '../../format.ts'
import { keep, kept } from '../../keep.ts'
import { useNow } from '../../now.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { ChannelMark, Deadline, Stat, Tag, Time } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { homeWords } from '../../words/home.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { useTold } from '../../words/told.ts'

type Home = Answer<'GET /home'>
const everyMs = 60_000

/** 工作台: what goes wrong next comes first, figures second, then the shops, and the first steps while there are any. */
export default function HomePage() {
  const words = useWords(homeWords)
  const home = useRead('GET /home', {}, { refetchInterval: everyMs })
  const yesterday = useWords(partWords).time.yesterday
  const now = useNow()
  const fact = home.data && words.asOf(timeText(home.data.asOf, now, yesterday))
  return (
    <Page title={words.title} fact={fact}>
      <Shown read={home} what={words.what}>
        {(data) => (
          <div className="home">
            <Urgent home={data} />
            <Today today={data.today} />
            <Shops shops={data.shops} />
            <FirstSteps steps={data.steps} />
          </div>
        )}
      </Shown>
    </Page>
  )
}

function Urgent({ home }: { readonly home: Home }) {
  const told = useTold()
  const words = useWords(homeWords)
  const language = useLanguage()
  const yesterday = useWords(partWords).time.yesterday
  const now = useNow()
  return (
    <section className="card home-urgent">
      <h2>{words.urgent}</h2>
      {home.urgent.length === 0 ? (
        <p className="line home-calm">
          <Tag tone="ok">✓</Tag>
          {words.urgentNone}
          {home.nextSync !== null && (
            <span className="quiet">{words.urgentNext(timeText(home.nextSync, now, yesterday))}</span>
          )}
        </p>
      ) : (
        <ul>
          {home.urgent.map((each) => (
            <li key={each.kind + each.to}>
              <span className="home-count" data-tone={each.due === null || each.due < now ? 'err' : 'warn'}>
                {countText(each.count)}
              </span>
              <span className="home-what">
                <strong>{each[language]}</strong>
                <span className="quiet small">{words.owner(told('owner', each.owner, each.owner))}</span>
              </span>
              {each.due === null ? <Tag tone="err">{words.overdue}</Tag> : <Deadline at={each.due} />}
              <Go to={each.to} kind="plain">
                {told('urgent', each.kind, each.action)}
              </Go>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Today({ today }: { readonly today: Home['today'] }) {
  const words = useWords(homeWords)
  const stat = useWords(partWords).stat
  const language = useLanguage()
  return (
    <section className="card">
      <h2>{words.today}</h2>
      <ul className="home-figures">
        {today.map((each) => (
          <li key={each.kind}>
            <Go to={each.to}>
              <Stat
                label={each[language]}
                value={countText(each.value)}
                more={
                  each.lastWeek === null ? undefined : (
                    <Compared now={each.value} then={each.lastWeek} words={stat.lastWeek} />
                  )
                }
              />
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ComparedProps {
  readonly now: number
  readonly then: number
  readonly words: (count: string) => string
}

/** The same hour a week ago, and two bars that show it without reading. */
function Compared({ now, then, words }: ComparedProps) {
  const most = Math.max(now, then, 1)
  return (
    <span className="home-compared">
      <span>{words(countText(then))}</span>
      <svg viewBox="0 0 60 8" width="60" height="8" aria-hidden="true">
        <rect width={(60 * now) / most} height="3" rx="1.5" fill="var(--chart1)" />
        <rect y="5" width={(60 * then) / most} height="3" rx="1.5" fill="var(--border-in)" />
      </svg>
    </span>
  )
}

function Shops({ shops }: { readonly shops: Home['shops'] }) {
  const words = useWords(homeWords)
  const may = useMay()
  if (!may('shops.read')) return null
  if (shops.length === 0)
    return (
      <section className="card">
        <h2>{words.shops}</h2>
        <Empty
          title={words.noShops}
          act={
            may('shops.manage') && (
              <Go to="/shops" kind="primary">
                {words.connect}
              </Go>
            )
          }
        />
      </section>
    )
  return (
    <section className="card">
      <h2>{words.shops}</h2>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.shop}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{words.lastSync}</th>
              <th scope="col" className="num">
                {words.ordersToday}
              </th>
              <th scope="col">{words.proof}</th>
            </tr>
          </thead>
          <tbody>
            {shops.map((shop) => (
              <ShopLine key={shop.id} shop={shop} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const toneOf = {
  good: 'ok',
  files: 'neutral',
  new: 'info',
  late: 'warn',
  expiring: 'warn',
  paused: 'neutral',
  stopped: 'err',
} as const

function ShopLine({ shop }: { readonly shop: Home['shops'][number] }) {
  const told = useTold()
  const words = useWords(homeWords)
  const tone = toneOf[shop.state as keyof typeof toneOf] ?? 'neutral'
  const ours = countText(shop.ours)
  return (
    <tr>
      <th scope="row">
        <Go to={`/shops?shop=${shop.id}`} className="line">
          <ChannelMark channel={shop.channel} mark={shop.mark} />
          {shop.name}
        </Go>
      </th>
      <td>
        <Tag tone={tone}>{told('shop', shop.state, shop.words)}</Tag>
      </td>
      <td>
        <Time at={shop.lastSync} />
      </td>
      <td className="num">{ours}</td>
      <td>
        {shop.theirs === null ? (
          <span className="quiet">{words.unknown}</span>
        ) : (
          <Tag tone={shop.agrees ? 'ok' : 'warn'}>
            {shop.agrees ? words.agrees(ours) : words.differs(ours, countText(shop.theirs))}
          </Tag>
        )}
      </td>
    </tr>
  )
}

const place = 'tongdan.steps-hidden'

function FirstSteps({ steps }: { readonly steps: Home['steps'] }) {
  const told = useTold()
  const words = useWords(homeWords)
  const [hidden, setHidden] = useState(kept(place) === true)
  const done = steps.filter((step) => step.done).length
  if (steps.length === 0 || done === steps.length) return null
  const hide = (next: boolean) => {
    keep(place, next)
    setHidden(next)
  }
  if (hidden)
    return (
      <Button kind="link" onPress={() => hide(false)}>
        {words.show}
      </Button>
    )
  return (
    <section className="card home-steps">
      <div className="line">
        <h2>{words.begin}</h2>
        <span className="quiet">{words.beginDone(done, steps.length)}</span>
        <span className="push">
          <Button kind="link" onPress={() => hide(true)}>
            {words.hide}
          </Button>
        </span>
      </div>
      <ol>
        {steps.map((step) => (
          <li key={step.kind} data-done={step.done || undefined}>
            <span className="home-tick">{step.done ? '✓' : ''}</span>
            <span className="home-what">
              <strong>{told('step', step.kind, step.zh)}</strong>
              <span className="quiet small">
                {told('why', step.kind, step.why)} {step.done ? '' : words.minutes(step.minutes)}
              </span>
            </span>
            {step.done ? (
              <Tag tone="ok">{words.done}</Tag>
            ) : (
              <Go to={step.to} kind="plain">
                {words.doNow}
              </Go>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
