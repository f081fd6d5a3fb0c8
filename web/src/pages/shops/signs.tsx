import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import { countText, instantOf, timeText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Ago, Tag, type Tone } from '../../parts/signs.tsx'
import { useLanguage, useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shadowWords } from '../../words/shadow.ts'
import { shopWords } from '../../words/shops.ts'
import { useChannelName } from './keys-form.tsx'

export type ShopCard = Answer<'GET /shops'>['shops'][number]
export type Duty = ShopCard['duties'][number]
export type Quota = ShopCard['quotas'][number]
type Day = ShopCard['days'][number]

const toneOf = {
  new: 'info',
  good: 'ok',
  late: 'warn',
  expiring: 'warn',
  stopped: 'err',
  paused: 'neutral',
  files: 'neutral',
} as const satisfies Record<ShopCard['state'], Tone>

/** The shop's state in words: 正常, 抓单延迟 6 分钟, 授权 3 天后到期, 已停：…; the server's own words in Chinese. */
export function StateTag({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords).state
  const text = useLanguage() === 'zh' ? shop.words : words[shop.state]
  return (
    <span className="tag shop-state" data-tone={toneOf[shop.state]}>
      {text}
    </span>
  )
}

/** 正式, 影子, 只读 or 文件. */
export function ModeTag({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords)
  const stages = useWords(shadowWords)
  if (shop.mode === 'file') return <Tag tip={words.modeFileTip}>{words.modeFile}</Tag>
  return (
    <Tag tone={shop.stage === 'live' ? 'neutral' : 'info'} tip={stages.stageTip[shop.stage]}>
      {stages.stage[shop.stage]}
    </Tag>
  )
}

/** Last success of a duty; what is wrong with it now; what waits. */
export function DutyState({ duty }: { readonly duty: Duty }) {
  const words = useWords(shopWords)
  if (!duty.offered) return <span className="quiet">{words.notOffered}</span>
  return (
    <span className="duty-state">
      <Ago at={duty.lastSuccessAt} none={words.notYet} />
      {duty.trouble && (
        <Tag tone="err" tip={duty.trouble.zh}>
          {words.troubled}
        </Tag>
      )}
      {duty.waiting > 0 && <Tag tone="warn">{words.waitingOf(countText(duty.waiting))}</Tag>}
    </span>
  )
}

const spanWords = { 1000: 'perSecond', 60000: 'perMinute', 3600000: 'perHour', 86400000: 'perDay' } as const

/** `已用 3 / 10，每秒`, with a bar; or until when the platform holds back. */
export function QuotaLine({ quota }: { readonly quota: Quota }) {
  const words = useWords(shopWords).quota
  const time = useWords(partWords).time
  const now = useNow()
  const known = spanWords[quota.perMs as keyof typeof spanWords]
  const every = known === undefined ? words.per(countText(quota.perMs / 1_000)) : words[known]
  const banned = quota.bannedUntil === null ? null : instantOf(quota.bannedUntil)
  if (banned !== null && banned > now)
    return <Tag tone="warn">{words.banned(timeText(banned, now, time.yesterday))}</Tag>
  const text = words.of(countText(quota.used), countText(quota.times), every)
  return (
    <span className="quota">
      <span className="quota-bar" data-full={quota.used >= quota.times || undefined} aria-hidden="true">
        <i style={{ width: `${Math.min(100, (100 * quota.used) / quota.times)}%` }} />
      </span>
      <span>{text}</span>
      {quota.waiting > 0 && (
        <Tag tone="warn">{words.queue(countText(quota.waiting), countText(Math.ceil(quota.waitedMs / 1_000)))}</Tag>
      )}
    </span>
  )
}

/** The limit that is nearest to its end. */
export function fullest(quotas: readonly Quota[]): Quota | undefined {
  return quotas.toSorted((a, b) => b.used / b.times - a.used / a.times)[0]
}

const signOf = { complete: '✓', counting: '…', missing: '!', none: '–' } as const
const states = ['complete', 'missing', 'counting', 'none'] as const

/** The last seven days as squares, each with its day and sentence, and in words how many are complete. */
export function Week({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords)
  const sentence = useDaySentence()
  const told = states.flatMap((state) => {
    const count = shop.days.filter((day) => day.state === state).length
    return count === 0 ? [] : [words.week[state](count)]
  })
  return (
    <div className="week">
      <ol className="week-days" aria-label={words.week.title}>
        {shop.days.map((day) => (
          <li key={day.day} data-state={day.state} data-tip={sentence(shop, day)}>
            <span className="week-sign" aria-hidden="true">
              {signOf[day.state]}
            </span>
            <span className="small" aria-hidden="true">
              {Number(day.day.slice(-2))}
            </span>
            <span className="heard-only">{`${sentence(shop, day)} ${words.day.state[day.state]}`}</span>
          </li>
        ))}
      </ol>
      <span className="small quiet">{told.join(words.week.and)}</span>
    </div>
  )
}

/** `淘宝，11月11日：1,204 = 1,204`: what the channel counts, and what we have. */
export function useDaySentence() {
  const words = useWords(shopWords).day
  const nameOf = useChannelName()
  return (shop: ShopCard, day: Pick<Day, 'day' | 'channelCount' | 'ourCount' | 'comparedAt'>): string => {
    const channel = nameOf(shop)
    const date = words.date(Number(day.day.slice(5, 7)), Number(day.day.slice(8)))
    const ours = countText(day.ourCount)
    if (day.channelCount === null)
      return (day.comparedAt === null ? words.notCompared : words.noCount)(channel, date, ours)
    return words.sum(channel, date, countText(day.channelCount), ours, day.channelCount === day.ourCount ? '=' : '≠')
  }
}

const dayTone = { complete: 'ok', counting: 'info', missing: 'err', none: 'neutral' } as const

export function DayTag({ state }: { readonly state: Day['state'] }) {
  const words = useWords(shopWords).day
  return <Tag tone={dayTone[state]}>{words.state[state]}</Tag>
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
}

/** One fact of a list of facts. */
export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What a shop keeps in step; of one without orders only what there is. */
export const dutiesOf = ({ duties, takesOrders }: Pick<ShopCard, 'duties' | 'takesOrders'>) =>
  duties.filter(({ offered }) => takesOrders || offered)

/** A shop without orders has nothing to compare in the shadow stage. */
export const stagesFor = ({ takesOrders }: Pick<ShopCard, 'takesOrders'>) =>
  takesOrders ? (['read-only', 'shadow', 'live'] as const) : (['read-only', 'live'] as const)

/** Whether somebody should look at this shop. */
export const isTroubled = (shop: ShopCard) =>
  ['late', 'expiring', 'stopped', 'new'].includes(shop.state) || shop.days.some((day) => day.state === 'missing')
