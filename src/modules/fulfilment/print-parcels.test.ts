import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { httpBed } from '../../../test/aid/http.ts'
import { missingTools, readBarcodes, readText } from '../../../test/aid/paper.ts'
import { type ParcelStage, parcelStage } from '../../../test/aid/parcel-stage.ts'
import type { printDocuments } from '../../contract/fulfilment.ts'
import { sql } from '../../platform/db/sql.ts'
import { addToPool } from '../logistics/index.ts'
import { security } from '../security/index.ts'
import { allocateOrders } from './allocate-orders.ts'
import { checkPiece } from './check-parcel.ts'
import { fulfilment } from './index.ts'
import { printParcels } from './print-parcels.ts'
import { mustRead } from './read-parcels.ts'
import { shipParcels } from './ship-parcels.ts'

let stage: ParcelStage
beforeEach(async () => {
  stage = await parcelStage()
  await addToPool(stage.ctx, { code: 'zto', numbers: Array.from({ length: 30 }, (_, i) => zto(i + 1)) })
})
afterEach(() => stage.close())

const zto = (n: number) => `73${String(n).padStart(12, '0')}`
type Document = (typeof printDocuments)[number]
const print = (parcelIds: number[], document: Document = 'label-76x130', ctx = stage.as('陈小华')) =>
  printParcels(ctx, { parcelIds, document })
const leftOut = ({ headers }: { readonly headers?: Readonly<Record<string, string>> }) =>
  JSON.parse(decodeURIComponent(headers?.['x-left-out'] ?? '')) as {
    count: number
    rows: { label: string; code: string; zh: string }[]
  }

const missing = missingTools('pdftoppm', 'pdftotext', 'zbarimg')
const onPaper = test.skipIf(missing.length > 0)

describe('printing labels', () => {
  test('marks them with person and time and gives a PDF', async () => {
    const ids = await stage.packed(2)
    const file = await print(ids)
    expect(file).toMatchObject({ fileName: '面单-2026-11-11-2.pdf', type: 'application/pdf' })
    expect(Buffer.from(file.bytes).toString('latin1', 0, 5)).toBe('%PDF-')
    expect(leftOut(file)).toEqual({ count: 0, rows: [] })
    expect(await mustRead(stage.ctx, ids[0]!)).toMatchObject({
      state: 'printed',
      prints: 1,
      printedBy: '陈小华',
      printedAt: stage.ctx.now(),
    })
  })

  onPaper('again says 重打, with the same number', async () => {
    const ids = await stage.packed(1)
    const first = await print(ids)
    const second = await print(ids)
    expect((await readText(first.bytes)).join('')).not.toContain('重打')
    expect((await readText(second.bytes)).join('')).toContain('重打 1')
    expect([await readBarcodes(first.bytes), await readBarcodes(second.bytes)]).toEqual([[[zto(1)]], [[zto(1)]]])
    expect((await mustRead(stage.ctx, 1)).prints).toBe(2)
  })

  onPaper('and the picking list come in one order, whatever order was asked', async () => {
    await stage.takeIn(
      stage.order(1, { lines: stage.lines(1, ['VASE', 1], ['MUG', 1]) }),
      stage.order(2, { lines: stage.lines(2, ['VASE', 1]) }),
      stage.order(3),
      stage.order(4),
    )
    await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    const labels = await print([1, 2, 4, 3])
    expect((await readBarcodes(labels.bytes)).flat()).toEqual([zto(3), zto(4), zto(2), zto(1)])
    const picking = (await readText((await print([2, 1, 3, 4], 'picking')).bytes)).join('\n')
    expect(picking.match(/73\d{12}/g)).toEqual([zto(3), zto(4), zto(2), zto(1)])
  })

  test('leaves out by name what was refunded meanwhile and what has no number', async () => {
    await stage.packed(3)
    await stage.refund(2)
    await stage.ctx.db.run(sql`update fulfilment.parcel set waybill_no = null where id = 3`)
    const file = await print([1, 2, 3, 99])
    expect(leftOut(file)).toMatchObject({
      count: 3,
      rows: [
        { label: '99', code: 'PARCEL_NOT_FOUND' },
        { label: 'P00000002', code: 'PARCEL_STOPPED', zh: '退款，拦下！包裹 P00000002 不能发：退款中' },
        { label: 'P00000003', code: 'no-waybill' },
      ],
    })
    expect(
      (await Promise.all([1, 2, 3].map((id) => mustRead(stage.ctx, id)))).map((row) => [row.state, row.prints]),
    ).toEqual([
      ['printed', 1],
      ['stopped', 0],
      ['to-print', 0],
    ])
  })

  test('names of many left out as many as a header holds, and counts all', async () => {
    await stage.packed(90)
    await stage.ctx.db.run(sql`update fulfilment.parcel set waybill_no = null where id > 1`)
    const file = await print(Array.from({ length: 90 }, (_, i) => i + 1))
    expect(file.headers?.['x-left-out']?.length).toBeLessThan(7_001)
    expect(leftOut(file).count).toBe(89)
    expect(leftOut(file).rows.length).toBeGreaterThan(10)
  })

  test('of which nothing may be printed is refused with the reason', async () => {
    await stage.packed(1)
    await stage.refund(1)
    await expect(print([1])).rejects.toMatchObject({ code: 'PARCEL_STOPPED' })
    expect((await mustRead(stage.ctx, 1)).state).toBe('stopped')
  })

  test('keeps a parcel checked that was checked before, and one shipped that left', async () => {
    await stage.packed(1)
    await checkPiece(stage.ctx, { id: 1, code: 'MUG', quantity: 1, key: 'key-print-1' })
    await print([1])
    expect((await mustRead(stage.ctx, 1)).state).toBe('checked')
    await shipParcels(stage.ctx, { parcelIds: [1], unchecked: false })
    await print([1])
    expect(await mustRead(stage.ctx, 1)).toMatchObject({ state: 'shipped', prints: 2 })
  })

  test('writes to the audit trail whose receiver stood on paper; lists need no such line', async () => {
    await stage.packed(2)
    await print([1, 2], 'picking')
    await print([1, 2], 'packing')
    const Line = z.object({ deed: z.string(), objectId: z.string().nullable(), purpose: z.string().nullable() })
    const views = () =>
      stage.ctx.db.all(
        Line,
        sql`select deed, object_id, purpose from security.audit where deed = 'security.personal-viewed' order by id`,
      )
    expect(await views()).toEqual([])
    await print([1, 2])
    expect((await views()).map((view) => [view.objectId, view.purpose])).toEqual([
      ['T00000001', '打印面单'],
      ['T00000002', '打印面单'],
    ])
  })

  test('by somebody who may not see receivers is refused; lists are not', async () => {
    await stage.packed(1)
    const blind = stage.ctxFor({ kind: 'person', id: 2, name: '赵四', permissions: new Set(['fulfilment.work']) })
    await expect(print([1], 'label-76x130', blind)).rejects.toMatchObject({ code: 'PERMISSION_NEEDED' })
    expect((await print([1], 'picking', blind)).bytes.length).toBeGreaterThan(1000)
    expect((await mustRead(stage.ctx, 1)).prints).toBe(0)
  })

  test('of two hundred takes as many statements as of twenty', async () => {
    const ids = await stage.packed(220)
    await stage.ctx.db.run(
      sql`update fulfilment.parcel set waybill_no = '9' || lpad(id::text, 8, '0') where waybill_no is null`,
    )
    const count = async (some: number[]) => {
      const before = stage.database.statements()
      await print(some)
      return stage.database.statements() - before
    }
    expect(await count(ids.slice(0, 20))).toBe(await count(ids.slice(20)))
  })
})

test('over HTTP the file comes with what was left out, and a repeated call gives the same file and prints once', async () => {
  await stage.packed(2)
  await stage.refund(2)
  const bed = await httpBed({ bed: stage, modules: [security, fulfilment], seed: true })
  try {
    const warehouse = await bed.as('warehouse')
    const call = () =>
      warehouse.call(
        'POST',
        '/parcels/print',
        { parcelIds: [1, 2], document: 'label-100x180' },
        { 'idempotency-key': 'print-once-1' },
      )
    const [first, second] = [await call(), await call()]
    expect(first.status).toBe(200)
    expect(first.headers['content-type']).toBe('application/pdf')
    expect(decodeURIComponent(String(first.headers['x-left-out']))).toContain('退款中')
    expect(second.text).toBe(first.text)
    expect(second.headers['x-left-out']).toBe(first.headers['x-left-out'])
    expect((await mustRead(stage.ctx, 1)).prints).toBe(1)

    const scanned = await warehouse.call('GET', '/parcels/scan?code=P00000002')
    expect([scanned.status, scanned.json]).toMatchObject([409, { code: 'PARCEL_STOPPED' }])
    const listed = await warehouse.call('GET', '/parcels?view=all')
    expect(listed.text).not.toMatch(/林晓禾|13800004471|溪边路/)
    expect(listed.json).toMatchObject({ rows: [{ receiver: { name: '林*禾' } }, {}] })
  } finally {
    await bed.http.close()
  }
})
