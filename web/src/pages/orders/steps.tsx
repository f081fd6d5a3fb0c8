import type { OrderDetail } from '../../../../src/contract/orders.ts'
import { spanText, Time } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'

/** 下单 → 付款 → 审核 → 配货 → 发货 → 完成, with when and how long; the current one is said in words. */
export function Steps({ order }: { readonly order: OrderDetail }) {
  const words = useWords(orderWords).page
  const instants = instantsOf(order)
  const isClosed = order.state === 'closed'
  const now = isClosed ? words.steps.length - 1 : places[order.state]
  return (
    <ol className="steps">
      {words.steps.map((name, at) => (
        <Step
          key={name}
          name={isClosed && at === now ? words.stepClosed : name}
          tag={at === now && !isClosed ? words.stepNow : null}
          // What a closed order never came to is not shown as done.
          state={isClosed ? closedState(at === now, instants[at] ?? null) : stateOf(at, now)}
          at={instants[at] ?? null}
          before={instants.slice(0, at).findLast((each) => each !== null) ?? null}
        />
      ))}
    </ol>
  )
}

type StepState = 'done' | 'now' | 'ahead'

const closedState = (isLast: boolean, at: number | null): StepState => {
  if (isLast) return 'now'
  return at === null ? 'ahead' : 'done'
}

const stateOf = (at: number, now: number): StepState => {
  if (at < now) return 'done'
  return at === now ? 'now' : 'ahead'
}

interface StepProps {
  readonly name: string
  readonly tag: string | null
  readonly state: StepState
  readonly at: number | null
  /** When the step before it was done. */
  readonly before: number | null
}

function Step({ name, tag, state, at, before }: StepProps) {
  const times = useWords(partWords).time
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="strong">
        {name}
        {tag && (
          <span className="tag" data-tone="info">
            {tag}
          </span>
        )}
      </span>
      <span className="small quiet">
        <Time at={at} />
        {at !== null && before !== null && at - before >= 60_000 && ` +${spanText(times, at - before)}`}
      </span>
    </li>
  )
}

/** When each step was done, by what the order and its history say; null where it is not known or not yet. */
function instantsOf(order: OrderDetail): (number | null)[] {
  const lastOf = (deed: string) => order.history.find((row) => row.deed === deed)?.at ?? null
  return [
    order.createdAt,
    order.paidAt,
    lastOf('approve'),
    lastOf('allocate'),
    lastOf('ship') ??
      lastOf('ship-elsewhere') ??
      order.parcels.find((parcel) => parcel.shippedAt !== null)?.shippedAt ??
      null,
    lastOf('complete') ?? lastOf('close'),
  ]
}

/** The step that each state waits at; one past the last when all is done. */
const places = {
  unpaid: 1,
  'to-review': 2,
  held: 2,
  approved: 3,
  allocated: 4,
  shipped: 5,
  completed: 6,
  closed: 5,
} as const satisfies Record<OrderDetail['state'], number>
