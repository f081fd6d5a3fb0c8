import type { OrderDetail } from '../../../../src/contract/orders.ts'
import { spanText, Time } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'

/** 下单 → 付款 → 审核 → 配货 → 发货 → 完成, with when and how long; the current one is said in words. */
export function Steps({ order }: { readonly order: OrderDetail }) {
  const words = useWords(orderWords).page
  const times = useWords(partWords).time
  const instants = instantsOf(order)
  const now = nowAt(order)
  return (
    <ol className="steps">
      {words.steps.map((name, at) => {
        const instant = instants[at] ?? null
        const before = instants.slice(0, at).findLast((each) => each !== null) ?? null
        return (
          <li key={name} data-state={stateOf(at, now)} aria-current={at === now ? 'step' : undefined}>
            <span className="strong">
              {name}
              {at === now && (
                <span className="tag" data-tone="info">
                  {words.stepNow}
                </span>
              )}
            </span>
            <span className="small quiet">
              <Time at={instant} />
              {instant !== null &&
                before !== null &&
                instant - before >= 60_000 &&
                ` +${spanText(times, instant - before)}`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const stateOf = (at: number, now: number) => {
  if (at < now) return 'done'
  return at === now ? 'now' : 'ahead'
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
    lastOf('complete'),
  ]
}

const places = {
  unpaid: 1,
  'to-review': 2,
  held: 2,
  approved: 3,
  allocated: 4,
  shipped: 5,
  completed: 6,
  closed: 6,
} as const satisfies Record<OrderDetail['state'], number>

const nowAt = (order: OrderDetail): number => places[order.state]
