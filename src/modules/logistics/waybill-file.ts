import { type Carrier, carrierNamed } from '../../core/logistics/carriers.ts'
import { faultOfWaybill, plainWaybill } from '../../core/logistics/waybill.ts'
import type { CellError, Sheet } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { type ColumnNames, type FieldRow, findColumns, rowsBy } from '../../platform/sheets/index.ts'
import type { ImportKind } from '../channels/index.ts'
import { audit } from '../security/index.ts'
import * as store from './store/imported.ts'

type Field = 'carrier' | 'number'

const names: ColumnNames<Field> = {
  carrier: ['快递公司', '快递', '物流公司', '承运商'],
  number: ['运单号', '快递单号', '物流单号', '面单号'],
}

/**
 * 运单号文件: waybill numbers bought from carriers, put into their pools. Undoing it takes out those that no parcel took: a number once taken
 * is never free again.
 */
export const waybillFile: ImportKind = {
  kind: 'waybills',
  zh: '运单号文件',
  permission: 'logistics.manage',
  recognise: ({ headers }) => {
    const columns = findColumns(headers, names)
    // With orders in it, it says what was shipped and by whom.
    if (columns.size < 2 || headers.some((header) => header.includes('订单'))) return null
    return new Map([...columns].map(([field, { header }]) => [header, names[field][0] ?? '']))
  },
  preview: async (ctx, sheet) => {
    const { lines, errors } = readSheet(sheet)
    const known = (await store.listKnown(ctx.db, lines)).length
    return { new: lines.length - known, known, changed: 0, errors }
  },
  run: async (ctx, { importId, sheet, badRows }) => {
    const read = readSheet(sheet)
    const lines = read.lines.filter((line) => !badRows.has(line.row))
    const added = await addAll(ctx, importId, lines)
    const known = lines.length - added
    await audit(ctx, {
      deed: 'logistics.numbers-added',
      object: 'import',
      objectId: importId,
      details: { added, known },
    })
    const errors = read.errors.filter((error) => !badRows.has(error.row)).map(({ row, zh }) => ({ row, zh }))
    return { new: added, known, changed: 0, errors }
  },
  previewUndo: async (ctx, importId) => ({
    undone: await store.countFreeOf(ctx.db, importId),
    left: (await store.listTakenOf(ctx.db, importId)).map(({ carrier, waybillNo }) => ({
      label: waybillNo,
      zh: `${carrierNamed(carrier)?.name ?? carrier}，已用在包裹上`,
    })),
  }),
  undo: async (ctx, importId) => void (await store.deleteFreeOf(ctx.db, importId)),
}

const lot = 1_000

/** Gives how many are new. One statement a lot. */
async function addAll(ctx: Ctx, importId: number, lines: readonly NumberLine[]): Promise<number> {
  const by = { importId, at: ctx.now(), actor: ctx.actor.name }
  let added = 0
  for (let at = 0; at < lines.length; at += lot)
    added += await store.insertImported(ctx.db, lines.slice(at, at + lot), by)
  return added
}

/** One row of the file, understood. */
interface NumberLine extends store.CarrierNumber {
  readonly row: number
}

function readSheet(sheet: Sheet): { readonly lines: NumberLine[]; readonly errors: CellError[] } {
  const rows = rowsBy(sheet, findColumns(sheet.headers, names), names)
  const seen = new Map<string, number>()
  const lines: NumberLine[] = []
  const errors: CellError[] = []
  for (const row of rows) {
    const carrier = carrierNamed(row.text('carrier'))
    const waybillNo = plainWaybill(row.text('number'))
    const wrong = [...faultsOfCarrier(row, carrier), ...faultsOfNumber(row, carrier, waybillNo)]
    const key = `${carrier?.code} ${waybillNo}`
    const before = seen.get(key)
    if (wrong.length === 0 && before !== undefined) wrong.push(row.wrong('number', `和第 ${before} 行重复`))
    errors.push(...wrong)
    if (wrong.length > 0 || !carrier) continue
    seen.set(key, row.row)
    lines.push({ row: row.row, carrier: carrier.code, waybillNo })
  }
  return { lines, errors }
}

function faultsOfCarrier(row: FieldRow<Field>, carrier: Carrier | null): CellError[] {
  if (row.text('carrier') === '') return [row.wrong('carrier', '请填快递公司')]
  if (carrier === null) return [row.wrong('carrier', '没有这家快递公司，请写名称，如“中通快递”')]
  return carrier.status === 'closed' ? [row.wrong('carrier', `${carrier.name}已停业，请换一家`)] : []
}

function faultsOfNumber(row: FieldRow<Field>, carrier: Carrier | null, waybillNo: string): CellError[] {
  if (waybillNo === '') return [row.wrong('number', '请填运单号')]
  const fault = carrier === null ? null : faultOfWaybill(carrier, waybillNo)
  if (fault === null) return []
  return [row.wrong('number', fault.kind === 'pattern' ? `不像${carrier?.name ?? ''}的单号，请核对` : fault.zh)]
}
