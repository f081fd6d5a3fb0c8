import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { beijingDay } from '../../src/core/time/instant.ts'
import { readCertificates } from '../../src/modules/channels/certificates.ts'
import { listShops } from '../../src/modules/channels/list-shops.ts'
import { reconcileDays } from '../../src/modules/channels/reconcile-days.ts'
import { listMissed } from '../../src/modules/channels/store/missed.ts'
import { findShop } from '../../src/modules/channels/store/shops.ts'
import { countSeenWaiting, takeSeen } from '../../src/modules/channels/take-seen.ts'
import { type OutsideShop, openOutsideShop } from '../aid/outside-shop.ts'

/** Real connectors against their simulators: whatever the outside world does, every order is held once, and the proof says so. */
describe.each(['taobao', 'generic'])('%s', (channel) => {
  let outside: OutsideShop
  beforeEach(async () => {
    outside = await openOutsideShop(channel)
    await outside.control('listings', [
      {
        merchantCode: 'MUG',
        title: '粗陶马克杯',
        specification: '颜色:苔绿',
        product: 'mug',
        priceFen: 5900,
        quantity: 9_999,
      },
      { merchantCode: 'BOWL', title: '饭碗', specification: '', product: 'bowl', priceFen: 2900, quantity: 9_999 },
    ])
  })
  afterEach(() => outside.close())

  const buy = (count: number, seed: number) => outside.control('buy', { count, seed })
  const held = async () => {
    const { rows } = await outside.bed.database.pool.query<{ no: string; count: number }>(
      'select channel_order_no as no, count(*)::int as count from channels.seen group by 1 order by 1',
    )
    return rows
  }
  const missing = async () => {
    const known = new Set((await held()).map((row) => row.no))
    return (await outside.truths()).filter((truth) => !known.has(truth.orderNo)).map((truth) => truth.orderNo)
  }
  const cursorLag = async () => {
    const shop = await findShop(outside.bed.ctx.db, outside.shopId)
    return { gap: (shop?.readToAt ?? 0) - (shop?.cursorAt ?? 0), cursorAt: shop?.cursorAt ?? 0 }
  }
  /** Rounds until `isDone`, or the given time is over. */
  const rounds = async (isDone: () => Promise<boolean>, atMostMs = 40_000) => {
    const until = Date.now() + atMostMs
    while (Date.now() < until) {
      await outside.round()
      if (await isDone()) return
      await pause(300)
    }
  }
  const troubles = async () =>
    (await listShops(outside.bed.ctx)).flatMap((card) =>
      card.duties.flatMap((duty) => (duty.trouble === null ? [] : [duty.trouble.code])),
    )
  const everything = async () => (await missing()).length === 0 && (await cursorLag()).gap === 0

  test('every order is held once, and the day’s certificate says so', async () => {
    await buy(30, 1)
    await rounds(async () => (await everything()) && (await cursorLag()).cursorAt > Date.now() - 20_000)
    await buy(5, 2)
    await rounds(everything)
    expect(await missing()).toEqual([])
    expect((await held()).every((row) => row.count === 1)).toBe(true)
    const { ctx } = outside.bed
    const taken = await ctx.tx((inner) => takeSeen(inner, 100))
    expect(taken.filter((row) => row.order.warnings.length > 0)).toEqual([])
    expect((await outside.counts()).violations).toBe(0)
  })

  test('changes at the channel arrive, each as one new version', async () => {
    await buy(4, 3)
    await rounds(everything)
    const [first, second] = await outside.truths()
    await pause(1_100)
    await outside.control('act', { kind: 'refund', orderNos: [first?.orderNo], outcome: 'requested' })
    await outside.control('act', { kind: 'change-address', orderNos: [second?.orderNo], address: '新街口 9 号' })
    const versions = async () => {
      const { rows } = await outside.bed.database.pool.query<{ no: string; version: number }>(
        'select channel_order_no as no, version from channels.seen',
      )
      return new Map(rows.map((row) => [row.no, row.version]))
    }
    await rounds(async () => {
      const now = await versions()
      return (now.get(first?.orderNo ?? '') ?? 0) > 1 && (now.get(second?.orderNo ?? '') ?? 0) > 1
    })
    const now = await versions()
    expect([now.get(first?.orderNo ?? ''), now.get(second?.orderNo ?? '')]).toEqual([2, 2])
    expect([...now.values()].filter((version) => version === 1)).toHaveLength(2)
  })

  test('orders that lists hide are named by their number within a cycle, and nothing else is held up', async () => {
    await outside.control('faults', { seed: 5, faults: [{ kind: 'hide', rate: 0.4 }] })
    await buy(15, 4)
    const hidden = (await outside.truths()).filter((truth) => truth.hidden).map((truth) => truth.orderNo)
    expect(hidden.length).toBeGreaterThan(0)
    await rounds(everything)
    expect(await missing()).toEqual([])
    await rounds(async () => (await cursorLag()).cursorAt > Date.now() - 8_000)
    const day = beijingDay(Date.now())
    const named = await listMissed(outside.bed.ctx.db, outside.shopId, { from: day, to: day })
    expect(named.flatMap((row) => (row.healedBy === 'fetched' ? [row.channelOrderNo] : []))).toEqual(
      expect.arrayContaining(hidden),
    )
  })

  test('with every kind of trouble at once nothing is lost and nothing doubled', async () => {
    await outside.control('faults', {
      seed: 9,
      faults: [
        { kind: 'server-error', rate: 0.05 },
        { kind: 'busy', rate: 0.05 },
        { kind: 'throttle', rate: 0.03 },
        { kind: 'cut', rate: 0.05 },
        { kind: 'nonsense', rate: 0.03 },
        { kind: 'hang', rate: 0.02, times: 2 },
        { kind: 'shift', rate: 0.1 },
        { kind: 'duplicate', rate: 0.2 },
        { kind: 'reorder', rate: 0.2 },
        { kind: 'lose-push', rate: 0.3 },
        { kind: 'hide', rate: 0.1 },
      ],
    })
    for (let seed = 20; seed < 24; seed += 1) {
      await buy(5, seed)
      await outside.round()
    }
    await rounds(async () => false, 12_000)
    await outside.control('faults', { faults: [] })
    // What every list hid, with its push lost and no count to tell of it, is for the comparison of days to find.
    const { ctx } = outside.bed
    await outside.bed.database.pool.query(`update channels.span set next_try_at = now() where state = 'disagreed'`)
    await rounds(async () => (await cursorLag()).gap === 0)
    await reconcileDays(ctx, outside.shopId, { isAskedFor: true })
    await rounds(everything)
    expect(await missing()).toEqual([])
    expect((await held()).every((row) => row.count === 1)).toBe(true)
    expect((await cursorLag()).gap).toBe(0)
    expect((await outside.counts()).violations).toBe(0)

    const day = beijingDay(Date.now())
    const [certificate] = (await readCertificates(ctx, { shopId: outside.shopId, from: day, to: day })).days
    expect(certificate).toMatchObject({
      missing: 0,
      channelCount: (await held()).length,
      ourCount: (await held()).length,
    })
    expect(await countSeenWaiting(ctx)).toBe((await held()).length)
  }, 120_000)

  test('keys that no longer hold stop the shop or its duty, and with new ones it catches up from where it stood', async () => {
    const begun = (await cursorLag()).cursorAt
    await rounds(async () => (await cursorLag()).cursorAt > begun)
    await outside.control('faults', { seed: 1, faults: [{ kind: 'expire', rate: 1 }] })
    await rounds(async () => (await troubles()).length > 0)
    await outside.control('faults', { faults: [] })
    const before = await cursorLag()
    await buy(6, 30)
    await outside.round()
    expect((await cursorLag()).cursorAt).toBe(before.cursorAt)
    expect(await troubles()).toEqual(
      expect.arrayContaining([expect.stringMatching(/CHANNEL_(NOT_AUTHORISED|MISCONFIGURED)/)]),
    )

    await outside.authorise()
    await rounds(everything)
    expect(await missing()).toEqual([])
    expect(await troubles()).toEqual([])
  })
})
