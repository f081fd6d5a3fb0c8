import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import type { Listing } from '../../core/channel/shapes.ts'
import { sql } from '../../platform/db/sql.ts'
import { createSkusFromListings } from './create-skus.ts'
import { matchLines } from './match-lines.ts'
import { ignoreListing, matchListings, unmatchListing } from './match-listings.ts'
import { proposeMatches } from './propose-matches.ts'
import { saveListings } from './save-listings.ts'
import { addSku, rewriteSku } from './skus.ts'
import { listHistory } from './store/matches.ts'

let bed: TestBed
const shopId = 1

beforeEach(async () => {
  bed = await testBed({ listeners: { 'catalogue.listing-matched': ['orders.after-match'] } })
})
afterEach(() => bed.close())

const aSku = (code: string, given: Partial<Parameters<typeof addSku>[1]> = {}) => ({
  code,
  productName: '粗陶马克杯',
  specification: '',
  barcode: null,
  imageUrl: null,
  weightG: null,
  costFen: null,
  ...given,
})
const add = async (code: string, given: Partial<Parameters<typeof addSku>[1]> = {}) =>
  (await addSku(bed.ctx, aSku(code, given))).id

const aListing = (channelSkuNo: string, given: Partial<Listing> = {}): Listing => ({
  channelItemNo: '7001',
  channelSkuNo,
  merchantCode: null,
  barcode: null,
  title: '木白家居 粗陶马克杯',
  specification: '颜色:苔绿',
  imageUrl: null,
  priceFen: 5900,
  quantity: 3,
  isOnSale: true,
  modifiedAt: null,
  ...given,
})
const pull = (listings: Listing[], isComplete = true) => saveListings(bed.ctx, shopId, { listings, isComplete })

const Row = z.object({
  id: z.int(),
  channelSkuNo: z.string(),
  skuId: z.int().nullable(),
  matchedHow: z.string().nullable(),
  proposedSkuId: z.int().nullable(),
  proposedWhy: z.string().nullable(),
  isVanished: z.boolean(),
})
const rows = () =>
  bed.ctx.db.all(
    Row,
    sql`
    select id, channel_sku_no, sku_id, matched_how, proposed_sku_id, proposed_why, vanished_at is not null as is_vanished
      from catalogue.listing order by channel_sku_no`,
  )
const idOf = async (channelSkuNo: string) => (await rows()).find((row) => row.channelSkuNo === channelSkuNo)!.id
const Told = z.object({ data: z.object({ listingIds: z.array(z.int()) }) })
const toldMatches = async () =>
  (
    await bed.ctx.db.all(
      Told,
      sql`select data from platform.event where name = 'catalogue.listing-matched' order by told_at, id`,
    )
  ).map((row) => row.data.listingIds)

describe('a pull of a shop’s listings', () => {
  test('adds them, matched where the merchant code is a SKU’s', async () => {
    const mug = await add('MUG')
    expect(await pull([aListing('1', { merchantCode: 'MUG' }), aListing('2', { merchantCode: 'mug' })])).toEqual({
      added: 2,
      changed: 0,
      vanished: 0,
      matched: 1,
    })
    expect(await rows()).toMatchObject([
      { skuId: mug, matchedHow: 'code' },
      { skuId: null, matchedHow: null },
    ])
    expect(await toldMatches()).toEqual([[await idOf('1')]])
  })

  test('told again changes nothing and says nothing', async () => {
    await add('MUG')
    const listings = [aListing('1', { merchantCode: 'MUG' }), aListing('2')]
    await pull(listings)
    expect(await pull(listings)).toEqual({ added: 0, changed: 0, vanished: 0, matched: 0 })
    expect(await toldMatches()).toHaveLength(1)
  })

  test('with one listing twice, as a shifting page gives it, keeps it once', async () => {
    expect(await pull([aListing('1'), aListing('1', { priceFen: 4900 })])).toMatchObject({ added: 1 })
    expect(await rows()).toHaveLength(1)
  })

  test('that is complete lets the others vanish; they come back when they are told again', async () => {
    await pull([aListing('1'), aListing('2')])
    expect(await pull([aListing('1')])).toMatchObject({ vanished: 1 })
    expect((await rows()).map((row) => row.isVanished)).toEqual([false, true])
    await pull([aListing('2')], false)
    expect((await rows()).map((row) => row.isVanished)).toEqual([false, false])
  })

  test('leaves other shops alone', async () => {
    await saveListings(bed.ctx, 2, { listings: [aListing('9')], isComplete: true })
    await pull([aListing('1')])
    expect((await rows()).map((row) => row.isVanished)).toEqual([false, false])
  })

  test('a code that becomes another SKU’s takes its match with it; one that becomes nobody’s does not', async () => {
    await add('MUG')
    const bowl = await add('BOWL')
    await pull([aListing('1', { merchantCode: 'MUG' })])
    expect(await pull([aListing('1', { merchantCode: 'BOWL' })])).toMatchObject({ changed: 1, matched: 1 })
    await pull([aListing('1', { merchantCode: 'GONE' })])
    expect(await rows()).toMatchObject([{ skuId: bowl, matchedHow: 'code' }])
  })

  test('a match by hand outlives any code', async () => {
    await add('MUG')
    const bowl = await add('BOWL')
    await pull([aListing('1', { merchantCode: 'X' })])
    await matchListings(bed.ctx, [{ listingId: await idOf('1'), skuId: bowl }])
    await pull([aListing('1', { merchantCode: 'MUG' })])
    expect(await rows()).toMatchObject([{ skuId: bowl, matchedHow: 'hand' }])
  })

  test('of two thousand takes as many statements as one of twenty', async () => {
    await add('MUG')
    const count = async (from: number, to: number) => {
      const listings = Array.from({ length: to - from }, (_, i) =>
        aListing(String(from + i), { merchantCode: i % 2 === 0 ? 'MUG' : null }),
      )
      const before = bed.database.statements()
      await pull(listings, false)
      return bed.database.statements() - before
    }
    expect(await count(1_000, 1_020)).toBe(await count(3_000, 5_000))
  })
})

describe('a SKU', () => {
  test('that is added takes the listings of its code, but not those a person refused', async () => {
    await pull([aListing('1', { merchantCode: 'MUG' }), aListing('2', { merchantCode: 'MUG' })])
    await ignoreListing(bed.ctx, { id: await idOf('2'), ignored: true })
    const mug = await add('MUG')
    expect(await rows()).toMatchObject([{ skuId: mug }, { skuId: null }])
  })

  test('whose code exists is refused', async () => {
    await add('MUG')
    const bowl = await add('BOWL')
    await expect(add('MUG')).rejects.toMatchObject({ code: 'SKU_CODE_TAKEN' })
    await expect(rewriteSku(bed.ctx, { id: bowl, code: 'MUG' })).rejects.toMatchObject({ code: 'SKU_CODE_TAKEN' })
    await expect(rewriteSku(bed.ctx, { id: 999, code: 'X' })).rejects.toMatchObject({ code: 'SKU_NOT_FOUND' })
  })

  test('that is changed keeps what is not named', async () => {
    const id = await add('MUG', { specification: '苔绿', barcode: '6901', costFen: 1234 })
    await rewriteSku(bed.ctx, { id, isActive: false })
    const Sku = z.object({ specification: z.string(), barcode: z.string(), costFen: z.int(), isActive: z.boolean() })
    expect(
      await bed.ctx.db.one(Sku, sql`select specification, barcode, cost_fen, is_active from catalogue.sku`),
    ).toEqual({ specification: '苔绿', barcode: '6901', costFen: 1234, isActive: false })
  })
})

describe('a match', () => {
  test('by hand is said, and its history tells who and how', async () => {
    const mug = await add('MUG')
    await pull([aListing('1')])
    const id = await idOf('1')
    expect(await matchListings(bed.ctx, [{ listingId: id, skuId: mug }])).toEqual({
      done: 1,
      doneIds: [id],
      leftOut: [],
    })
    expect(await toldMatches()).toEqual([[id]])
    expect(await listHistory(bed.ctx.db, id)).toMatchObject([{ how: 'hand', actor: '系统', skuCode: 'MUG' }])
  })

  test('that stands already is done and says nothing new', async () => {
    const mug = await add('MUG')
    await pull([aListing('1')])
    const match = { listingId: await idOf('1'), skuId: mug }
    await matchListings(bed.ctx, [match])
    expect(await matchListings(bed.ctx, [match])).toMatchObject({ done: 1 })
    expect(await toldMatches()).toHaveLength(1)
  })

  test('with an unknown listing or SKU is left out and the others are done', async () => {
    const mug = await add('MUG')
    const idle = await add('IDLE')
    await rewriteSku(bed.ctx, { id: idle, isActive: false })
    await pull([aListing('1'), aListing('2')])
    const outcome = await matchListings(bed.ctx, [
      { listingId: await idOf('1'), skuId: mug },
      { listingId: await idOf('2'), skuId: idle },
      { listingId: 999, skuId: mug },
    ])
    expect(outcome.doneIds).toEqual([await idOf('1')])
    expect(outcome.leftOut.map((one) => one.code)).toEqual(['SKU_NOT_FOUND', 'LISTING_NOT_FOUND'])
  })

  test('taken back is said, and does not come back by itself until the code changes', async () => {
    const mug = await add('MUG')
    await pull([aListing('1', { merchantCode: 'MUG' })])
    const id = await idOf('1')
    expect(await unmatchListing(bed.ctx, id)).toBe(mug)
    expect(await unmatchListing(bed.ctx, id)).toBeNull()
    await pull([aListing('1', { merchantCode: 'MUG', title: '换了标题' })])
    await rewriteSku(bed.ctx, { id: mug, productName: '杯' })
    expect(await rows()).toMatchObject([{ skuId: null }])

    await pull([aListing('1', { merchantCode: 'OTHER' })])
    await pull([aListing('1', { merchantCode: 'MUG' })])
    expect(await rows()).toMatchObject([{ skuId: mug }])
    expect((await listHistory(bed.ctx.db, id)).map((row) => row.how)).toEqual(['code', 'unmatched', 'code'])
  })

  test('of a listing nobody knows is not found', async () => {
    await expect(unmatchListing(bed.ctx, 1)).rejects.toMatchObject({ code: 'LISTING_NOT_FOUND' })
    await expect(ignoreListing(bed.ctx, { id: 1, ignored: true })).rejects.toMatchObject({ code: 'LISTING_NOT_FOUND' })
  })

  test('of an ignored listing goes, and ignoring can be undone', async () => {
    const mug = await add('MUG')
    await pull([aListing('1', { merchantCode: 'MUG' })])
    const id = await idOf('1')
    await ignoreListing(bed.ctx, { id, ignored: true })
    expect(await rows()).toMatchObject([{ skuId: null }])
    await ignoreListing(bed.ctx, { id, ignored: false })
    expect((await matchListings(bed.ctx, [{ listingId: id, skuId: mug }])).done).toBe(1)
    expect((await listHistory(bed.ctx.db, id)).map((row) => row.how)).toEqual(['hand', 'heeded', 'ignored', 'code'])
  })

  test('of two people at once is one of the two', async () => {
    const mug = await add('MUG')
    const bowl = await add('BOWL')
    await pull(Array.from({ length: 40 }, (_, i) => aListing(String(i + 10))))
    const ids = (await rows()).map((row) => row.id)
    await Promise.all([
      matchListings(
        bed.ctx,
        ids.map((listingId) => ({ listingId, skuId: mug })),
      ),
      matchListings(
        bed.ctx,
        [...ids].reverse().map((listingId) => ({ listingId, skuId: bowl })),
      ),
    ])
    expect(new Set((await rows()).map((row) => row.skuId)).size).toBe(1)
  })
})

describe('SKUs of listings', () => {
  test('take the merchant code, one SKU for all listings of it', async () => {
    await pull([aListing('1', { merchantCode: 'MUG' }), aListing('2', { merchantCode: 'MUG' }), aListing('3')])
    const ids = (await rows()).map((row) => row.id)
    expect(await createSkusFromListings(bed.ctx, ids)).toMatchObject({ done: 3, leftOut: [] })
    const matched = await rows()
    expect(matched.map((row) => row.matchedHow)).toEqual(['created', 'created', 'created'])
    expect(matched[0]!.skuId).toBe(matched[1]!.skuId)
    const Code = z.object({ code: z.string() })
    expect(await bed.ctx.db.all(Code, sql`select code from catalogue.sku order by code`)).toEqual([
      { code: '3' },
      { code: 'MUG' },
    ])
    expect((await createSkusFromListings(bed.ctx, ids)).leftOut.map((one) => one.code)).toEqual(
      Array<string>(3).fill('already-matched'),
    )
  })

  test('are not made where one of the code is switched off, nor of listings there are none', async () => {
    const mug = await add('MUG')
    await rewriteSku(bed.ctx, { id: mug, isActive: false })
    await pull([aListing('1', { merchantCode: 'MUG' })])
    const outcome = await createSkusFromListings(bed.ctx, [await idOf('1'), 999])
    expect(outcome.leftOut.map((one) => one.code).sort()).toEqual(['LISTING_NOT_FOUND', 'sku-inactive'])
  })
})

describe('proposals', () => {
  test('are kept for unmatched listings and follow the SKUs', async () => {
    const green = await add('MUG-GREEN', { specification: '苔绿' })
    await pull([aListing('1'), aListing('2', { merchantCode: 'mug_green' }), aListing('3', { title: '竹编收纳篮' })])
    expect(await proposeMatches(bed.ctx)).toBe(2)
    expect(await rows()).toMatchObject([
      { proposedSkuId: green, proposedWhy: '标题 94 %' },
      { proposedSkuId: green, proposedWhy: '编码相同（分隔符不同）' },
      { proposedSkuId: null },
    ])
    expect(await proposeMatches(bed.ctx)).toBe(0)

    await rewriteSku(bed.ctx, { id: green, isActive: false })
    expect(await proposeMatches(bed.ctx)).toBe(2)
    expect((await rows()).map((row) => row.proposedSkuId)).toEqual([null, null, null])
  })

  test('that are accepted are told apart from matches by hand', async () => {
    const green = await add('MUG-GREEN', { specification: '苔绿' })
    await pull([aListing('1')])
    await proposeMatches(bed.ctx)
    await matchListings(bed.ctx, [{ listingId: await idOf('1'), skuId: green }])
    expect(await rows()).toMatchObject([{ matchedHow: 'proposal', proposedSkuId: null }])
  })
})

test('a listing that an order names first is there, matched, with its history', async () => {
  const mug = await add('MUG')
  const line = {
    shopId,
    channelItemNo: '7001',
    channelSkuNo: '1',
    merchantCode: 'MUG',
    title: '杯',
    specification: '',
    imageUrl: null,
  }
  const matched = await matchLines(bed.ctx, [line])
  expect([...matched.values()]).toMatchObject([{ skuId: mug, skuCode: 'MUG' }])
  expect(await listHistory(bed.ctx.db, await idOf('1'))).toMatchObject([{ how: 'code', actor: '系统' }])
})
