import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stockKey } from '../inventory/reserve.ts'
import { ReviewSettings, readyRules } from '../review/evaluate.ts'
import { orderStates } from './moves.ts'
import { type Ask, type Hold, settle, type WorkLine, type WorkOrder, type World } from './settle.ts'

const [home, south] = [10, 20]
const mug = 1

const line = (given: Partial<WorkLine> = {}): WorkLine => ({
  key: 'L1',
  title: '粗陶马克杯',
  skuId: mug,
  skuCode: 'MUG',
  quantity: 2,
  paidFen: 9_800,
  refundState: 'none',
  refundedQuantity: 0,
  refundedFen: 0,
  shippedQuantity: 0,
  held: 0,
  leftElsewhere: 0,
  ...given,
})

const order = (given: Partial<WorkOrder> = {}): WorkOrder => ({
  key: 'A',
  state: 'to-review',
  isNew: true,
  heldByPerson: false,
  status: 'paid-wait-ship',
  refundState: 'none',
  cancelRequested: false,
  mayShipNow: true,
  paidFen: 9_800,
  currency: 'CNY',
  buyerNote: '',
  sellerRemark: '',
  receiver: {
    name: '林晓禾',
    phone: '13800004471',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '示例路 12 号 3 幢 502',
    privacy: 'plain',
  },
  warnings: [],
  stockTakenOn: 'placing',
  warehouseId: null,
  isPartial: false,
  lines: [line()],
  overruled: new Set(),
  since: 1,
  ...given,
})

const world = (pieces: number, given: Partial<World> = {}): World => ({
  shelves: new Map([[stockKey(mug, home), { onHand: pieces, reserved: 0 }]]),
  placesFor: () => [home, south],
  rules: readyRules(ReviewSettings.parse({})),
  twinOf: () => null,
  autoApprove: true,
  ...given,
})
const heldShelf = (onHand: number, reserved: number): Partial<World> => ({
  shelves: new Map([[stockKey(mug, home), { onHand, reserved }]]),
})
const told: Ask = { kind: 'told', deed: null, stops: null }
const one = (work: WorkOrder, ask: Ask, around: World) => settle([{ order: work, ask }], around).get(work.key)!

describe('a new order', () => {
  test('that is clean holds its pieces and is approved', () => {
    expect(one(order(), told, world(5))).toMatchObject({
      state: 'approved',
      deeds: ['approve'],
      findings: [],
      held: [{ lineKey: 'L1', skuId: mug, warehouseId: home, quantity: 2 }],
    })
  })
  test('waits for a person where nobody lets clean ones pass', () => {
    expect(one(order(), told, world(5, { autoApprove: false }))).toMatchObject({ state: 'to-review', deeds: [] })
  })
  test('short of pieces is held and holds nothing', () => {
    expect(one(order(), told, world(1))).toMatchObject({
      state: 'held',
      held: [],
      findings: [{ code: 'stock-short', because: { sku: 'MUG', short: 1 } }],
    })
  })
  test('unpaid holds pieces where the channel takes them on placing, and is not reviewed', () => {
    const unpaid = order({ state: 'unpaid', status: 'unpaid' })
    expect(one(unpaid, told, world(5))).toMatchObject({ state: 'unpaid', findings: [], held: [{ quantity: 2 }] })
    expect(one({ ...unpaid, stockTakenOn: 'paying' }, told, world(5)).held).toEqual([])
  })
  test('shipped long ago touches no stock', () => {
    expect(one(order({ state: 'shipped', status: 'shipped' }), told, world(5))).toMatchObject({
      state: 'shipped',
      held: [],
      left: [],
    })
  })
})

describe('a known order', () => {
  const approved = order({ state: 'approved', isNew: false, warehouseId: home, lines: [line({ held: 2 })] })
  test('that only got a flag stays as it is', () => {
    expect(one(approved, told, world(0, heldShelf(5, 2)))).toMatchObject({
      state: 'approved',
      deeds: [],
      held: [],
      released: [],
      left: [],
    })
  })
  test('with a refund opened is stopped and keeps its pieces', () => {
    const refunding = { ...approved, refundState: 'in-progress' as const }
    expect(one(refunding, { kind: 'told', deed: null, stops: 'refund-open' }, world(0, heldShelf(5, 2)))).toMatchObject(
      { state: 'held', deeds: ['stop'], released: [], findings: [{ code: 'refund-open' }] },
    )
  })
  test('closed lets its pieces go', () => {
    const closed = { ...approved, status: 'closed-refunded' as const }
    expect(one(closed, { kind: 'told', deed: 'close', stops: null }, world(0, heldShelf(5, 2)))).toMatchObject({
      state: 'closed',
      deeds: ['close'],
      released: [{ quantity: 2 }],
    })
  })
  test('of which one line was refunded in full keeps the rest', () => {
    const lines = [line({ held: 2 }), line({ key: 'L2', held: 2, refundState: 'success', refundedFen: 9_800 })]
    const outcome = one({ ...approved, lines }, told, world(0, heldShelf(9, 4)))
    expect(
      outcome.released.reduce((sum, hold) => sum + hold.quantity, 0) -
        outcome.held.reduce((sum, hold) => sum + hold.quantity, 0),
    ).toBe(2)
    expect(outcome.state).toBe('approved')
  })
  test('shipped in the back office takes its pieces off the shelf', () => {
    const shipped = {
      ...approved,
      status: 'shipped' as const,
      lines: [line({ held: 2, shippedQuantity: 2, leftElsewhere: 2 })],
    }
    expect(
      one(shipped, { kind: 'told', deed: 'ship-elsewhere', stops: null }, world(0, heldShelf(5, 2))),
    ).toMatchObject({ state: 'shipped', left: [{ quantity: 2 }], released: [] })
  })
  test('shipped in part there loses that part only', () => {
    const part = {
      ...approved,
      status: 'partially-shipped' as const,
      lines: [line({ held: 2, shippedQuantity: 1, leftElsewhere: 1 })],
    }
    const outcome = one(part, { kind: 'told', deed: null, stops: 'changed-after-approval' }, world(0, heldShelf(5, 2)))
    expect(outcome).toMatchObject({ state: 'held', left: [{ quantity: 1 }], released: [], held: [] })
  })
  test('held by a person stays held though nothing speaks against it', () => {
    const waiting = { ...approved, state: 'held' as const, heldByPerson: true }
    expect(one(waiting, { kind: 'review' }, world(0, heldShelf(5, 2)))).toMatchObject({ state: 'held', deeds: [] })
    expect(one(waiting, { kind: 'approve', overrule: false }, world(0, heldShelf(5, 2)))).toMatchObject({
      state: 'approved',
      deeds: ['release', 'approve'],
    })
  })
  test('a person lets pass what is a matter of judgement, never what is firm', () => {
    const dear = { ...approved, state: 'held' as const, paidFen: 900_000 }
    expect(one(dear, { kind: 'approve', overrule: false }, world(0, heldShelf(5, 2))).findings).toMatchObject([
      { code: 'high-value' },
    ])
    expect(one(dear, { kind: 'approve', overrule: true }, world(0, heldShelf(5, 2))).state).toBe('approved')
    const refunding = { ...dear, refundState: 'in-progress' as const }
    expect(one(refunding, { kind: 'approve', overrule: true }, world(0, heldShelf(5, 2)))).toMatchObject({
      state: 'held',
      findings: [{ code: 'refund-open' }],
    })
  })
})

test('pieces freed by one order serve the next of the same batch, and who paid first comes first', () => {
  const gone = order({
    key: 'gone',
    state: 'approved',
    isNew: false,
    warehouseId: home,
    lines: [line({ held: 2 })],
    status: 'closed-refunded',
  })
  const asked = [
    { order: order({ key: 'late', since: 9 }), ask: told },
    { order: order({ key: 'early', since: 3 }), ask: told },
    { order: gone, ask: { kind: 'told', deed: 'close', stops: null } as Ask },
  ]
  const outcome = settle(asked, world(0, heldShelf(2, 2)))
  expect([outcome.get('early')?.state, outcome.get('late')?.state]).toEqual(['approved', 'held'])
})

test('whatever is told of a batch, no shelf is promised twice and no state is left that does not exist', () => {
  const works = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 4 }),
      held: fc.nat(4),
      state: fc.constantFrom(...orderStates),
      status: fc.constantFrom('unpaid', 'paid-wait-ship', 'shipped', 'closed-refunded', 'completed', 'on-hold'),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(works, fc.nat(30), (drafts, spare) => {
      const asked = drafts.map((draft, i) => ({
        order: order({
          key: `${i}`,
          since: i,
          isNew: draft.held === 0,
          state: draft.state,
          status: draft.status as WorkOrder['status'],
          warehouseId: draft.held > 0 ? home : null,
          lines: [line({ quantity: draft.quantity, held: draft.held })],
        }),
        ask: told,
      }))
      const reserved = drafts.reduce((sum, draft) => sum + draft.held, 0)
      const outcome = settle(asked, world(0, heldShelf(reserved + spare, reserved)))
      const sum = (
        pick: (s: { held: readonly Hold[]; released: readonly Hold[]; left: readonly Hold[] }) => readonly Hold[],
      ) => [...outcome.values()].flatMap((s) => pick(s)).reduce((total, hold) => total + hold.quantity, 0)
      const after = {
        onHand: reserved + spare - sum((s) => s.left),
        reserved: reserved - sum((s) => s.left) - sum((s) => s.released) + sum((s) => s.held),
      }
      expect(after.reserved).toBeGreaterThanOrEqual(0)
      expect(after.reserved).toBeLessThanOrEqual(after.onHand)
      for (const s of outcome.values()) expect(orderStates).toContain(s.state)
    }),
  )
})

describe('sent in part', () => {
  const short = order({ state: 'held', isNew: false, lines: [line({ quantity: 5 })] })
  const partly = one(short, { kind: 'approve', overrule: false, partial: true }, world(3))

  test('an order leaves with the pieces there are, and nothing speaks against the rest', () => {
    expect(partly).toMatchObject({ state: 'approved', isPartial: true, findings: [], held: [{ quantity: 3 }] })
  })
  test('told again it stays as it is, as long as it needs no less than it holds', () => {
    const going = {
      ...short,
      state: 'approved' as const,
      isPartial: true,
      warehouseId: home,
      lines: [line({ quantity: 5, held: 3 })],
    }
    expect(one(going, told, world(0, heldShelf(3, 3)))).toMatchObject({
      state: 'approved',
      isPartial: true,
      deeds: [],
      released: [],
      held: [],
    })
    const refunded = { ...going, lines: [line({ quantity: 5, held: 3, refundedQuantity: 3 })] }
    const less = one(refunded, told, world(0, heldShelf(3, 3)))
    expect([less.released[0]?.quantity, less.held[0]?.quantity, less.isPartial]).toEqual([3, 2, false])
  })
  test('with no piece at all it stays short', () => {
    expect(one(short, { kind: 'approve', overrule: false, partial: true }, world(0))).toMatchObject({
      state: 'held',
      findings: [{ code: 'stock-short' }],
    })
  })
})
