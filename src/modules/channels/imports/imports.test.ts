import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../../test/aid/orders.ts'
import { aShop } from '../../../../test/aid/shop.ts'
import { Failure } from '../../../core/failures.ts'
import { parseBeijing } from '../../../core/time/instant.ts'
import type { CellError } from '../../../kit/channel.ts'
import { storeSeen } from '../store-seen.ts'
import { countSeenWaiting, takeSeen } from '../take-seen.ts'
import { readErrorRows } from './error-rows.ts'
import type { ImportKind, ImportSeams } from './kinds.ts'
import { runImport, stopImport, workImport } from './run-import.ts'
import { listImports, showImport } from './show-import.ts'
import { previewUndo, undoImport, workUndo } from './undo-import.ts'
import { correctImport, dropImport, uploadImport } from './upload-import.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number
const touched = new Map<string, string>()
const withdrawn: string[] = []
const stock: string[] = []

const stockKind: ImportKind = {
  kind: 'stock',
  zh: '库存表',
  recognise: ({ headers }) =>
    headers.includes('商家编码') && headers.includes('数量')
      ? new Map([
          ['商家编码', 'SKU'],
          ['数量', '现有件数'],
        ])
      : null,
  preview: async (_ctx, sheet) => ({ new: 0, known: 0, changed: sheet.rows.length, errors: [] }),
  run: async (_ctx, { sheet }) => {
    stock.push(...sheet.rows.map((row) => row.join('=')))
    const row = sheet.rows.length
    return { new: 0, known: 0, changed: row - 1, errors: [{ row, zh: '没有这个 SKU' }] }
  },
  previewUndo: async () => ({ undone: 1, left: [] }),
  undo: async () => {
    stock.splice(0)
  },
}
const seams: ImportSeams = {
  kinds: [stockKind],
  orders: {
    touched: async () => touched,
    withdraw: async (_ctx, { channelOrderNos }) => {
      withdrawn.push(...channelOrderNos)
    },
  },
}

beforeEach(async () => {
  for (const list of [withdrawn, stock]) list.splice(0)
  touched.clear()
  fake = fakeChannel()
  fake.plug.operations['export.read'] = ({ headers, rows }) => {
    if (!headers.includes('订单编号') || !headers.includes('应付')) return null
    const errors: CellError[] = rows.flatMap((row, i) =>
      /^\d+$/.test(row[2] ?? '') ? [] : [{ row: i + 1, column: '应付', value: row[2] ?? '', zh: '应为整数' }],
    )
    const orders = rows.map((row, i) => {
      const at = parseBeijing(row[3] ?? '')
      const order = anOrder({
        channelOrderNo: row[0] ?? '',
        createdAt: at,
        paidTotalFen: Number(row[2]),
        sellerRemark: row[4] ?? null,
      })
      return { ...seenOrder(order), rows: [i + 1] }
    })
    return { orders, errors }
  }
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx, { name: '文件店', mode: 'file' })
})
afterEach(() => bed.close())

const head = '订单编号,收货人,应付,下单时间,备注\r\n'
const line = (no: string, given: { amount?: string; remark?: string } = {}) =>
  `${no},林晓禾,${given.amount ?? '5900'},2026-11-10 09:00:00,${given.remark ?? ''}\r\n`
const upload = (text: string) => {
  bed.pass(1_000)
  return uploadImport(bed.ctx, seams, { fileName: '订单.csv', bytes: Buffer.from(text) })
}
const work = async (importId: number, onlyGoodRows = false) => {
  bed.pass(1_000)
  await runImport(bed.ctx, seams, { importId, onlyGoodRows })
  await workImport(bed.ctx, seams, importId)
  return (await showImport(bed.ctx, seams, { importId })).import
}

test('a platform export is recognised by its headers, its person masked, and nothing is imported yet', async () => {
  const preview = await upload(head + line('A1') + line('A2'))
  expect(preview).toMatchObject({
    encoding: 'UTF-8',
    new: 2,
    known: 0,
    shops: [{ shopId, name: '文件店' }],
    import: { zh: '假平台订单导出，UTF-8，2 行', kind: 'orders', state: 'ready', things: 2 },
  })
  expect(preview.firstRows?.[0]).toEqual(['A1', '林*禾', '5900', '2026-11-10 09:00:00', ''])
  expect(await countSeenWaiting(bed.ctx)).toBe(0)
})

test('what it is nobody knows is refused with the next step', async () => {
  await expect(upload('a,b\r\n1,2\r\n')).rejects.toMatchObject({ code: 'IMPORT_UNRECOGNISED' })
})

test('a file in GBK is read as well', async () => {
  const bytes = iconv.encode(head + line('A1'), 'gbk')
  expect(await uploadImport(bed.ctx, seams, { fileName: 'x.csv', bytes })).toMatchObject({ encoding: 'GBK', new: 1 })
})

test('the same file is imported once, however often it is dropped', async () => {
  const first = await upload(head + line('A1') + line('A2'))
  expect(await work(first.import.importId)).toMatchObject({ state: 'done', done: 2, known: 0, failed: 0 })
  await bed.ctx.tx((ctx) => takeSeen(ctx, 10))
  const again = await upload(head + line('A1') + line('A2'))
  expect(again).toMatchObject({ new: 0, known: 2, changed: 0 })
  expect(await work(again.import.importId)).toMatchObject({ done: 0, known: 2 })
  const later = await upload(head + line('A1', { remark: '加急' }) + line('A3'))
  expect(later).toMatchObject({ new: 1, known: 0, changed: 1 })
})

test('rows with errors refuse the run, or are left out and given back with the reason, or are corrected in place', async () => {
  const { import: row, errors } = await upload(head + line('A1') + line('A2', { amount: '五十九' }))
  expect(errors).toMatchObject([{ row: 2, column: '应付', value: '五十九', zh: '应为整数' }])
  await expect(runImport(bed.ctx, seams, { importId: row.importId, onlyGoodRows: false })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })

  const file = await readErrorRows(bed.ctx, seams, row.importId)
  expect(Buffer.from(file.bytes).toString()).toContain('A2,林晓禾,五十九,2026-11-10 09:00:00,,应付：应为整数')

  const fixed = await correctImport(bed.ctx, seams, {
    importId: row.importId,
    cells: [{ row: 2, column: '应付', value: '5900' }],
  })
  expect(fixed).toMatchObject({ errorCount: 0, new: 2 })
  expect(await work(row.importId)).toMatchObject({ done: 2, failed: 0 })
})

test('with only good rows the rest is imported', async () => {
  const { import: row } = await upload(head + line('A1') + line('A2', { amount: 'x' }))
  expect(await work(row.importId, true)).toMatchObject({ done: 1, failed: 1, state: 'done' })
})

test('an import that was killed goes on where it was, and counts nothing twice', async () => {
  const { import: row } = await upload(head + Array.from({ length: 450 }, (_, i) => line(`A${i}`)).join(''))
  await runImport(bed.ctx, seams, { importId: row.importId, onlyGoodRows: false })
  await bed.database.pool.query(`
    create function channels.die() returns trigger language plpgsql as 'begin raise exception ''killed''; end';
    create trigger die before update on channels.import for each row when (new.done > 250) execute function channels.die()`)
  await expect(workImport(bed.ctx, seams, row.importId)).rejects.toThrow('killed')
  await bed.database.pool.query('drop trigger die on channels.import')
  await workImport(bed.ctx, seams, row.importId)
  expect((await showImport(bed.ctx, seams, { importId: row.importId })).import).toMatchObject({
    state: 'done',
    done: 450,
    known: 0,
  })
})

describe('an import that is stopped on the way', () => {
  let importId: number
  beforeEach(async () => {
    const file = head + Array.from({ length: 450 }, (_, i) => line(`A${i}`)).join('')
    importId = (await upload(file)).import.importId
    await runImport(bed.ctx, seams, { importId, onlyGoodRows: false })
    // Somebody presses the button while the first step is stored.
    let isPressed: Promise<void> | null = null
    const tx = bed.ctx.tx
    let steps = 0
    const watched = {
      ...bed.ctx,
      tx: (async (work) => {
        const answer = await tx(work)
        steps += 1
        if (steps === 1) isPressed = stopImport(bed.ctx, seams, importId)
        await isPressed
        return answer
      }) as typeof tx,
    }
    await workImport(watched, seams, importId)
  })
  const shown = async () => (await showImport(bed.ctx, seams, { importId })).import

  test('keeps what it brought, and goes on from there', async () => {
    expect(await shown()).toMatchObject({ state: 'stopped', done: 200, known: 0 })
    await runImport(bed.ctx, seams, { importId, onlyGoodRows: false })
    await workImport(bed.ctx, seams, importId)
    expect(await shown()).toMatchObject({ state: 'done', done: 450, known: 0 })
    await expect(stopImport(bed.ctx, seams, importId)).rejects.toMatchObject({ code: 'IMPORT_STATE_REFUSED' })
  })

  test('is taken back like any other', async () => {
    expect(await previewUndo(bed.ctx, seams, importId)).toMatchObject({ undone: 200, left: [] })
    await undoImport(bed.ctx, seams, importId)
    await workUndo(bed.ctx, seams, importId)
    expect(withdrawn).toHaveLength(200)
    expect(await shown()).toMatchObject({ state: 'undone' })
  })
})

test('an undo takes back what the file brought and nobody touched, and says what stays and why', async () => {
  await storeSeen(
    bed.ctx,
    [seenOrder(anOrder({ channelOrderNo: 'OLD', createdAt: parseBeijing('2026-11-10 08:00:00') }))],
    { shopId, source: 'import' },
  )
  const { import: row } = await upload(head + line('A1') + line('A2') + line('OLD'))
  await work(row.importId)
  touched.set('A2', '已打单')
  expect(await previewUndo(bed.ctx, seams, row.importId)).toEqual({
    undone: 1,
    left: [
      { label: 'A2', zh: '已打单' },
      { label: '1 单', zh: '导入前已有，本次只是更新，不撤回' },
    ],
  })
  await undoImport(bed.ctx, seams, row.importId)
  await workUndo(bed.ctx, seams, row.importId)
  expect(withdrawn).toEqual(['A1'])
  expect((await listImports(bed.ctx, seams, { limit: 10 })).rows[0]).toMatchObject({ state: 'undone' })
  await expect(undoImport(bed.ctx, seams, row.importId)).rejects.toMatchObject({ code: 'IMPORT_STATE_REFUSED' })
  const again = await upload(head + line('A1'))
  expect(again).toMatchObject({ new: 1 })
  expect(await work(again.import.importId)).toMatchObject({ done: 1 })
})

test('an undo that cannot be done leaves everything as it was', async () => {
  const { import: row } = await upload(head + line('A1'))
  await work(row.importId)
  await undoImport(bed.ctx, seams, row.importId)
  const broken: ImportSeams = {
    ...seams,
    orders: { ...seams.orders, withdraw: async () => Promise.reject(new Failure('ORDER_STATE_REFUSED', {})) },
  }
  await expect(workUndo(bed.ctx, broken, row.importId)).rejects.toMatchObject({ code: 'ORDER_STATE_REFUSED' })
  expect((await showImport(bed.ctx, seams, { importId: row.importId })).import.state).toBe('done')
})

test('an import that is not there, or was dropped, is not found', async () => {
  await expect(showImport(bed.ctx, seams, { importId: 404 })).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' })
  const { import: row } = await upload(head + line('A1'))
  await dropImport(bed.ctx, row.importId)
  await expect(showImport(bed.ctx, seams, { importId: row.importId })).rejects.toMatchObject({
    code: 'IMPORT_NOT_FOUND',
  })
  await expect(runImport(bed.ctx, seams, { importId: row.importId, onlyGoodRows: false })).rejects.toMatchObject({
    code: 'IMPORT_STATE_REFUSED',
  })
})

test('with several shops of the channel one must be chosen', async () => {
  await aShop(bed.ctx, { name: '二店', mode: 'file' })
  const { import: row } = await upload(head + line('A1'))
  await expect(runImport(bed.ctx, seams, { importId: row.importId, onlyGoodRows: false })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { field: '店铺' },
  })
  await runImport(bed.ctx, seams, { importId: row.importId, shopId, onlyGoodRows: false })
})

test('a file of another module is recognised, run and undone by it; rows it refuses come back with the reason', async () => {
  const preview = await upload('商家编码,数量\r\nMUG,5\r\nNONE,3\r\n')
  expect(preview).toMatchObject({
    import: { kind: 'stock', zh: '库存表，UTF-8，2 行' },
    columns: [
      { header: '商家编码', meaningZh: 'SKU' },
      { header: '数量', meaningZh: '现有件数' },
    ],
  })
  expect(await work(preview.import.importId)).toMatchObject({ done: 1, failed: 1 })
  expect(stock).toEqual(['MUG=5', 'NONE=3'])
  expect(Buffer.from((await readErrorRows(bed.ctx, seams, preview.import.importId)).bytes).toString()).toContain(
    'NONE,3,没有这个 SKU',
  )
  await undoImport(bed.ctx, seams, preview.import.importId)
  await workUndo(bed.ctx, seams, preview.import.importId)
  expect(stock).toEqual([])
})

test('whoever may import gets by it neither a right they lack nor a look at costs', async () => {
  const guarded: ImportSeams = {
    ...seams,
    kinds: [{ ...stockKind, permission: 'stock.adjust', costs: () => ['成本'] }],
  }
  const bytes = Buffer.from('商家编码,数量,成本\r\nMUG,5,3.20\r\n')
  const { import: row, firstRows } = await uploadImport(bed.ctx, guarded, { fileName: '库存.csv', bytes })
  expect(firstRows).toEqual([['MUG', '5', '3.20']])

  const clerk = bed.ctxFor({ kind: 'person', id: 8, name: '周店员', permissions: new Set(['imports.work']) })
  const { importId } = row
  expect((await showImport(clerk, guarded, { importId })).firstRows).toEqual([['MUG', '5', '***']])
  const refused = { code: 'PERMISSION_NEEDED', details: { permission: '入库、调整、盘点（stock.adjust）' } }
  await expect(runImport(clerk, guarded, { importId, onlyGoodRows: true })).rejects.toMatchObject(refused)
  await runImport(bed.ctx, guarded, { importId, onlyGoodRows: true })
  await workImport(bed.ctx, guarded, importId)
  expect(Buffer.from((await readErrorRows(clerk, guarded, importId)).bytes).toString()).not.toContain('3.20')
  await expect(undoImport(clerk, guarded, importId)).rejects.toMatchObject(refused)
})

test('neither the file nor a name in it lies in the clear', async () => {
  await upload(head + line('A1'))
  const { rows } = await bed.database.pool.query(
    `select position('林晓禾'::bytea in file_sealed) + position(convert_to(encode('林晓禾'::bytea, 'base64'), 'utf8') in file_sealed) as found from channels.import`,
  )
  expect(rows).toEqual([{ found: 0 }])
})
