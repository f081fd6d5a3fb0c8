import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { getHome } from '../../contract/home.ts'
import { rolePresets } from '../../core/access/permissions.ts'
import { isoText } from '../../core/time/instant.ts'
import { sql } from '../../platform/db/sql.ts'
import { systemActor } from '../../platform/module.ts'
import { storeSeen, sweepEveryMs } from '../channels/index.ts'
import { takeInOrders } from '../orders/index.ts'
import { readHome } from './read-home.ts'

let bed: TestBed
beforeEach(async () => {
  bed = await testBed({ channels: [fakeChannel().plug] })
})
afterEach(() => bed.close())

const home = async (role: keyof typeof rolePresets) => {
  const actor = systemActor(new Set(rolePresets[role].permissions))
  return getHome.output.parse(await readHome(bed.ctxFor(actor)))
}

const swept = (shopId: number, at: number) =>
  bed.ctx.db.run(
    sql`insert into channels.duty (shop_id, duty, last_success_at) values (${shopId}, 'orders', ${isoText(at)})`,
  )

test('who may not see how shops do still sees what they are called', async () => {
  const shopId = await aShop(bed.ctx, { name: '木白旗舰店' })
  const names = [{ id: shopId, channel: 'fake', mark: '假', name: '木白旗舰店' }]
  expect(await home('warehouse')).toMatchObject({ shops: [], shopNames: names, nextSync: null })
  expect(await home('owner')).toMatchObject({ shops: [{ id: shopId }], shopNames: names })
})

test('the next sync is that of the shop whose turn comes first; without one that is pulled there is none', async () => {
  await aShop(bed.ctx, { name: '文件店', mode: 'file' })
  expect((await home('owner')).nextSync).toBeNull()
  const [one, two] = [await aShop(bed.ctx, { name: '一号店' }), await aShop(bed.ctx, { name: '二号店' })]
  await swept(one, bed.ctx.now() - 3_000)
  await swept(two, bed.ctx.now() - 1_000)
  expect((await home('owner')).nextSync).toBe(bed.ctx.now() - 3_000 + sweepEveryMs)
  bed.pass(60_000)
  expect((await home('owner')).nextSync, 'overdue is due').toBe(bed.ctx.now())
})

test('today counts what came in today, and each figure is that of the list behind it', async () => {
  const shopId = await aShop(bed.ctx)
  const orders = ['A1', 'A2'].map((channelOrderNo) =>
    seenOrder(anOrder({ channelOrderNo, createdAt: bed.ctx.now() - 60_000 })),
  )
  await storeSeen(bed.ctx, orders, { shopId, source: 'sweep' })
  while ((await takeInOrders(bed.ctx)) > 0);
  const { today, urgent } = await home('owner')
  expect(today.find(({ kind }) => kind === 'new')).toMatchObject({ value: 2, to: '/orders?from=2026-11-11' })
  expect(urgent.find(({ kind }) => kind === 'unmatched')).toMatchObject({ count: 2, to: '/listings' })
  expect((await home('purchasing')).urgent.map(({ kind }) => kind)).not.toContain('asks')
})

test('a shop whose right renews itself is not said to expire; one that nobody can renew is', async () => {
  await aShop(bed.ctx, { name: '一号店' })
  const ends = isoText(bed.ctx.now() + 3_600_000)
  const later = isoText(bed.ctx.now() + 30 * 86_400_000)
  await bed.ctx.db.run(
    sql`update channels.shop set expires_at = ${ends}::timestamptz, refreshable_until = ${later}::timestamptz`,
  )
  expect((await home('owner')).shops).not.toMatchObject([{ state: 'expiring' }])
  await bed.ctx.db.run(sql`update channels.shop set refreshable_until = null`)
  expect((await home('owner')).shops).toMatchObject([{ state: 'expiring' }])
})
