import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chance, chance } from '../../simulators/aid/random.ts'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import type { Act, Truth, TruthLine } from '../../simulators/simulator.ts'
import { channels } from '../../src/connectors/index.ts'
import { type ChannelLine, ChannelOrder } from '../../src/core/channel/shapes.ts'
import { channelStatuses } from '../../src/core/channel/words.ts'
import { aidFor, type ChannelAid, type TruthFacts } from '../conformance/channel-aid.ts'
import { startOf } from '../conformance/find-simulator.ts'
import { openRig, type Rig, type Shop } from '../conformance/rig.ts'
import { numbersOf, pullPages, rowsOf } from '../conformance/stage.ts'
import { asTold, asTrue } from '../conformance/truth.ts'

/**
 * Two hands, one truth: orders live through everything a simulator can do to them, are read through the connector, and must then say
 * what the simulator knows, field by field and to the fen. What a channel's contract cannot say is left out here and named, beside the
 * channel's other facts in `test/conformance/by-channel`.
 */
interface Subject
  extends TruthFacts,
    Pick<ChannelAid, 'keepsReceiverBack' | 'hasRefundRequests' | 'refundsHaveWords' | 'parcelsNameNoGoods'> {
  readonly id: string
}

/** Who takes no orders has no truth of any. */
const sellers = channels.filter(({ operations }) => 'orders.pull' in operations)

const subjects: Subject[] = await Promise.all(
  sellers.map(async ({ manifest: { id } }) => {
    const { truth, ...aid } = await aidFor(id)
    return { id, ...aid, ...truth }
  }),
)

const isSentInPart = (line: TruthLine) => line.shippedQuantity > 0 && line.shippedQuantity < line.quantity

const minute = 60_000

const isNoOrder = ({ status }: Truth, { noOrder }: Subject) => status === noOrder

describe.each(subjects)('$id', (subject) => {
  let rig: Rig
  let shop: Shop
  let truths: readonly Truth[] = []
  const told = new Map<string, ChannelOrder>()

  beforeAll(async () => {
    rig = await openRig(channels.find(({ manifest }) => manifest.id === subject.id)!, startOf(subject.id))
    if (subject.settings !== undefined) await rig.controls.ask('settings', subject.settings)
    await rig.controls.offer(demoCatalogue.map((good) => ({ ...good, quantity: 5_000 })))
    shop = await rig.shop()
    await placeOrders(rig, subject)
    await live(rig, shop, subject)
    await subject.live?.(rig, shop)
    truths = (await rig.controls.orders()).filter((order) => !isNoOrder(order, subject))
    for (const { orderNo } of truths) {
      const { order } = await rig.does('orders.get')(shop, orderNo)
      told.set(orderNo, ChannelOrder.parse(order))
    }
  })
  afterAll(() => rig.close())

  test('the orders went through every state', () => {
    const lines = truths.flatMap((order) => order.lines)
    const states = channelStatuses.filter((status) => !(subject.without ?? []).includes(status))
    expect(truths.length).toBeGreaterThanOrEqual(500)
    expect([...new Set(truths.map(({ status }) => status))].sort()).toEqual([...states].sort())
    const { hasRefundRequests = true, refundsHaveWords = hasRefundRequests } = subject
    const { parcelsNameNoGoods = false, splitsLines = !parcelsNameNoGoods } = subject
    expect(new Set(truths.map(({ refundState }) => refundState))).toEqual(
      new Set(['none', 'partial', 'full', ...(refundsHaveWords ? ['in-progress'] : [])]),
    )
    expect(lines.some(isSentInPart)).toBe(splitsLines)
    expect(lines.some(({ isGift }) => isGift)).toBe(subject.hasGifts ?? false)
  })

  test('each is told as it truly is', () => {
    const both = truths.map((truth) => {
      const order = told.get(truth.orderNo)!
      const asSaid = asTold(order, truth, subject)
      const asFarAsTold = (line: TruthLine) =>
        (subject.tellsRefundsByLine?.(order) ?? true) ? line : { ...line, refundState: '', refundedFen: 0 }
      const lines = asSaid.lines.map((line) => asFarAsTold(subject.toldLine?.(line, truth) ?? line))
      const trueLines = truth.lines.map((line) => asFarAsTold(subject.trueLine?.(line, truth) ?? line))
      const status = subject.toldStatus?.(order) ?? asSaid.status
      return { told: { ...asSaid, status, lines }, true: { ...asTrue(truth), lines: trueLines } }
    })
    expect(both.map((each) => each.told)).toEqual(both.map((each) => each.true))
  })

  if (subject.noOrder !== undefined) {
    test('what is no order is neither listed nor found', async () => {
      const others = (await rig.controls.orders()).filter((order) => isNoOrder(order, subject))
      expect(others.length).toBeGreaterThan(0)
      const listed = rowsOf(await pullPages(rig, shop, { from: others[0]!.createdAt, to: rig.now() }))
      for (const { orderNo } of others) {
        expect(numbersOf(listed)).not.toContain(orderNo)
        const failure = await rig.refusal(() => rig.does('orders.get')(shop, orderNo))
        expect(failure).toMatchObject({ code: 'CHANNEL_NOT_FOUND' })
      }
    })
  }

  test('each adds up and says nothing strange', () => {
    for (const order of told.values()) {
      const sum = order.lines.reduce((all, { paidFen }) => all + paidFen, order.freightFen + order.extraFen)
      const isPart = order.status === 'deposit-paid' || order.status === 'closed-unpaid'
      if (!isPart) expect(sum).toBe(order.paidTotalFen)
      for (const { unitPaidFen, paidFen, quantity } of order.lines) {
        expect(unitPaidFen).toHaveLength(quantity)
        expect(unitPaidFen.reduce((a, b) => a + b, 0)).toBe(paidFen)
      }
      expect(order.warnings.filter((warning) => !subject.says?.test(warning))).toEqual([])
    }
  })
})

/** In ten rounds, so that times differ: paid, open, and a presale with its deposit where there is one. */
async function placeOrders(rig: Rig, { hasPresale = false }: Subject): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await rig.pass(minute)
    await rig.controls.buy({ count: 39, seed: round, pay: 'paid' })
    await rig.controls.buy({
      count: 7,
      seed: 100 + round,
      pay: 'unpaid',
      note: round % 2 === 0 ? '送人的，请包好' : '',
    })
    await rig.controls.buy({ count: 5, seed: 200 + round, pay: hasPresale ? 'deposit' : 'paid' })
  }
}

/** Six times every second order goes through something. */
async function live(rig: Rig, shop: Shop, subject: Subject): Promise<void> {
  const dice = chance('truth')
  for (let step = 0; step < 6; step += 1) {
    await rig.pass(5 * minute)
    for (const truth of await rig.controls.orders()) {
      if (!dice.happens(0.5) || isNoOrder(truth, subject)) continue
      if (dice.happens(0.3)) await ship({ rig, shop, dice }, truth)
      else await rig.controls.act(drawAct(truth, dice))
    }
  }
}

function drawAct(truth: Truth, dice: Chance): Act {
  const orderNos = [truth.orderNo]
  const line = dice.pick(truth.lines)
  const part = Math.max(1, Math.floor((line.paidFen * dice.whole(1, 9)) / 10))
  const outcome = dice.pick(['requested', 'success', 'success', 'closed'] as const)
  const refund = { kind: 'refund', orderNos, outcome } as const
  return dice.pick<Act>([
    { kind: 'pay', orderNos },
    { kind: dice.pick(['close', 'finish', 'finish']), orderNos },
    { ...refund, lineNo: line.lineNo, amountFen: part },
    { ...refund, lineNo: line.lineNo, amountFen: part },
    { ...refund, lineNo: line.lineNo },
    dice.happens(0.3) ? refund : { kind: 'finish', orderNos },
    { kind: 'change-address', orderNos, address: `望湖路${dice.whole(1, 99)}号听松园${dice.whole(1, 9)}幢` },
    { kind: 'note', orderNos, note: `请尽快，急用${dice.whole(1, 99)}` },
    { kind: 'ship-in-back-office', orderNos, waybillNo: `YT${dice.digits(12)}`, carrierName: '圆通速递' },
  ])
}

interface Packing {
  readonly rig: Rig
  readonly shop: Shop
  readonly dice: Chance
}

/** A parcel of ours: everything that is not paid back, one line, or one piece of a line of several. */
async function ship({ rig, shop, dice }: Packing, truth: Truth): Promise<void> {
  const { order } = await rig.does('orders.get')(shop, truth.orderNo)
  const hasLeft = [...truth.lines, ...order.lines].some(({ shippedQuantity }) => shippedQuantity > 0)
  const ready = order.lines.filter((line) => line.mayShipNow && !hasLeft)
  const [first] = ready
  if (first === undefined) return
  const kind = order.isCod ? 'all' : dice.pick(['all', 'line', 'piece'])
  const leftOf = (line: ChannelLine) => line.quantity - line.refundedQuantity
  const isPiece = kind === 'piece' && leftOf(first) > 1
  const lines = kind === 'all' ? ready : [first]
  await rig.does('shipments.report')(shop, {
    channelOrderNo: truth.orderNo,
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: `ZT${dice.digits(12)}`,
    shippedAt: rig.now(),
    isWholeOrder: lines.length === order.lines.length && !isPiece,
    lines: lines.map((line) => ({
      channelLineNo: line.channelLineNo,
      channelSkuNo: line.channelSkuNo,
      quantity: isPiece ? 1 : leftOf(line),
      isWholeLine: !isPiece,
    })),
  })
}
