import { type Person, somebody } from '../aid/people.ts'
import { type Chance, chance } from '../aid/random.ts'
import type { Act, Purchase, Truth } from '../simulator.ts'

/** How buyers behave: shares of all buyers. Invented, and meant to show every situation within an hour. */
const habits = {
  comesBack: 0.3,
  leavesNote: 0.2,
  paysLater: 0.12,
  neverPays: 0.3,
  changesAddress: 0.04,
  addsNote: 0.04,
  asksBackUnsent: 0.05,
  asksBackSent: 0.05,
  withdraws: 0.3,
  buysTheLastTwice: 0.01,
} as const

/** Times are counted in purchases of the market, so that they stretch and shrink with its speed. From, to. */
const after = {
  payment: [1, 6],
  givingUp: [8, 20],
  secondThoughts: [1, 4],
  askingBack: [1, 8],
  settling: [20, 45],
  receipt: [12, 45],
} as const

const notes = ['请用环保包装', '麻烦轻拿轻放', '送人的,请不要放价格单', '周末再送,工作日家里没人', '包装好一点,谢谢']
const wishes = [
  '改地址,发到公司,稍后把新地址发您',
  '晚点发,下周一再寄',
  '先不要发货,等我确认颜色',
  '请发顺丰,运费可以补',
  '要开发票,抬头稍后发',
  '和上一单一起发',
]
const newDoors = [
  '云栖路18号望湖居6幢1202室',
  '书院路77号青藤小区3幢502室',
  '银杏路5号春和里1幢801室',
  '海棠路210号创新大厦9楼前台',
]
/** How many of the latest buyers are likely to be back soon, perhaps in another shop. */
const recentBuyers = 15

/** Something a buyer will do, so many purchases from now. */
export interface Intent {
  readonly inSteps: number
  /** It hangs on what others did meanwhile, so the order must be looked at just before. */
  readonly looksFirst?: boolean
  /** Made when the time has come, from the order as it then is; null when there is nothing left to do. */
  readonly act: (order: Truth) => Act | null
}

export interface Visit {
  /** Index of the shop. */
  readonly shop: number
  readonly purchase: (shelf: readonly string[]) => Purchase
}

/** The `number`th buyer of a market. Whoever was there before may come back, in whichever shop. */
export function visitOf(seed: number, number: number, shops: number): Visit {
  const dice = chance(`${seed}:visit:${number}`)
  const shop = dice.whole(0, shops - 1)
  const { town: _town, ...buyer } = buyerOf(seed, number)
  const note = drawNote(dice)
  const pay = dice.happens(habits.paysLater) ? 'unpaid' : 'paid'
  const ignoreStock = dice.happens(habits.buysTheLastTwice)
  const baskets = chance(`${seed}:basket:${number}`)
  return {
    shop,
    purchase: (shelf) => ({
      count: 1,
      seed: baskets.whole(1, 1_000_000_000),
      lines: drawLines(baskets, shelf),
      buyer,
      note,
      pay,
      ignoreStock,
    }),
  }
}

/** What the buyer of an order will do until it is shipped. */
export function intentsUnsent(dice: Chance, isPaid: boolean): readonly Intent[] {
  if (!isPaid && dice.happens(habits.neverPays)) {
    return [{ inSteps: between(dice, after.givingUp), act: one('close') }]
  }
  const payAt = isPaid ? 0 : between(dice, after.payment)
  const intents: Intent[] = isPaid ? [] : [{ inSteps: payAt, act: one('pay') }]
  const later = (span: Span) => payAt + between(dice, span)

  const address = dice.pick(newDoors)
  const note = dice.pick(wishes)
  if (dice.happens(habits.changesAddress)) {
    intents.push({
      inSteps: later(after.secondThoughts),
      act: ({ orderNo }) => ({ kind: 'change-address', orderNos: [orderNo], address }),
    })
  }
  if (dice.happens(habits.addsNote)) {
    intents.push({
      inSteps: later(after.secondThoughts),
      act: ({ orderNo }) => ({ kind: 'note', orderNos: [orderNo], note }),
    })
  }
  if (dice.happens(habits.asksBackUnsent)) intents.push(...askBack(dice, later(after.askingBack), 1))
  return intents
}

/** What the buyer will do once everything is shipped. */
export function intentsSent(dice: Chance): readonly Intent[] {
  const asks = dice.happens(habits.asksBackSent)
  const part = dice.pick([1, 1, 0.5, 0.2])
  const refund = asks ? askBack(dice, between(dice, after.askingBack), part) : []
  return [...refund, { inSteps: between(dice, after.receipt), act: one('finish') }]
}

type Span = readonly [from: number, to: number]

/** A refund is asked for; if nobody has decided it after a while, the channel grants it or the buyer withdraws. */
function askBack(dice: Chance, inSteps: number, part: number): readonly Intent[] {
  const outcome = dice.happens(habits.withdraws) ? 'closed' : 'success'
  return [
    {
      inSteps,
      act: ({ orderNo, paidTotalFen, refundState }) => {
        const amount = part === 1 ? {} : { amountFen: Math.max(1, Math.floor(paidTotalFen * part)) }
        return refundState === 'none' ? { kind: 'refund', orderNos: [orderNo], outcome: 'requested', ...amount } : null
      },
    },
    {
      inSteps: inSteps + between(dice, after.settling),
      looksFirst: true,
      act: ({ orderNo, refundState }) =>
        refundState === 'in-progress' ? { kind: 'refund', orderNos: [orderNo], outcome } : null,
    },
  ]
}

function one(kind: 'pay' | 'close' | 'finish'): Intent['act'] {
  return ({ orderNo }) => ({ kind, orderNos: [orderNo] })
}

/** Who the `number`th buyer is: somebody new, or one of those before. */
function buyerOf(seed: number, number: number): Person {
  const dice = chance(`${seed}:buyer:${number}`)
  if (number > 1 && dice.happens(habits.comesBack)) {
    const earliest = dice.happens(0.5) ? Math.max(1, number - recentBuyers) : 1
    return buyerOf(seed, dice.whole(earliest, number - 1))
  }
  return somebody(dice)
}

function drawNote(dice: Chance): string {
  if (!dice.happens(habits.leavesNote)) return ''
  return dice.pick(dice.happens(0.4) ? wishes : notes)
}

function drawLines(dice: Chance, shelf: readonly string[]): NonNullable<Purchase['lines']> {
  const kinds = Math.min(dice.pick([1, 1, 1, 2, 2, 3]), shelf.length)
  return dice
    .shuffled(shelf)
    .slice(0, kinds)
    .map((merchantCode) => ({ merchantCode, quantity: dice.pick([1, 1, 1, 1, 2, 3]) }))
}

function between(dice: Chance, [from, to]: Span): number {
  return dice.whole(from, to)
}
