import { pickGroups } from '../../../core/fulfilment/picking.ts'
import { drawBarcode } from './barcode.ts'
import { goodsWords, type PaperParcel, type Printed } from './facts.ts'
import { openSheet, type Sheet } from './sheet.ts'
import { a4, type Column, drawFeet, drawTable } from './table.ts'

const inner = a4.width - 2 * a4.margin
const top = a4.margin + 14

const pickColumns: readonly Column[] = [
  { title: '编码', width: 32 },
  { title: '商品', width: 62 },
  { title: '规格', width: 34 },
  { title: '数量', width: 14, align: 'right' },
  { title: '放入包裹（序号×件数）', width: 44 },
]
const parcelColumns: readonly Column[] = [
  { title: '序号', width: 12, align: 'right' },
  { title: '包裹号', width: 26 },
  { title: '运单号', width: 36 },
  { title: '货品', width: 80 },
  { title: '订单号', width: 32 },
]

/** What to fetch from the shelves (拣货单), SKU by SKU, and then the parcels in the order in which their labels lie. Nothing personal. */
export async function drawPicking(parcels: readonly PaperParcel[], printed: Printed): Promise<Buffer> {
  const sheet = openSheet('拣货单', printed.at)
  const pieces = parcels.reduce((sum, parcel) => sum + parcel.pieces, 0)
  const groups = pickGroups(parcels)
  const warehouses = [...new Set(parcels.map((parcel) => parcel.sender.warehouse))].join('、')
  const newPage = () => {
    sheet.page(a4.width, a4.height)
    title(sheet, '拣货单', `${warehouses}　${groups.length} 种 ${pieces} 件　${parcels.length} 个包裹`)
    return top
  }
  const picks = groups.map(({ line, total, places }) => [
    line.code,
    line.name,
    line.specification,
    String(total),
    places.map(({ no, quantity }) => `${no}×${quantity}`).join('  '),
  ])
  const y = drawTable(sheet, { columns: pickColumns, rows: picks }, { y: newPage(), newPage })
  await sheet.otherWork()
  const rows = parcels.map(({ no, parcelNo, waybillNo, lines, orders }) => [
    String(no),
    parcelNo,
    waybillNo ?? '',
    lines.map(goodsWords).join('\n'),
    orders.map((order) => order.orderNo).join('\n'),
  ])
  drawTable(sheet, { columns: parcelColumns, rows }, { y: y + 6, newPage })
  drawFeet(sheet, printed)
  return sheet.end()
}

const packColumns: readonly Column[] = [
  { title: '序号', width: 12, align: 'right' },
  { title: '编码', width: 38 },
  { title: '商品', width: 82 },
  { title: '规格', width: 38 },
  { title: '数量', width: 16, align: 'right' },
]

/** What lies in each box (发货单), a new page a parcel. The receiver is masked: it goes through many hands. */
export async function drawPacking(parcels: readonly PaperParcel[], printed: Printed): Promise<Buffer> {
  const sheet = openSheet('发货单', printed.at)
  for (const parcel of parcels) {
    drawPackingOf(sheet, parcel)
    await sheet.otherWork()
  }
  drawFeet(sheet, printed)
  return sheet.end()
}

function drawPackingOf(sheet: Sheet, parcel: PaperParcel): void {
  const shops = [...new Set(parcel.orders.map((order) => order.shop))].join('、')
  const newPage = () => {
    sheet.page(a4.width, a4.height)
    title(sheet, `发货单　${shops}`, `包裹 ${parcel.parcelNo}`)
    return top
  }
  let y = newPage()
  drawBarcode(sheet, parcel.parcelNo, { x: a4.width - a4.margin - 60, y, width: 60, height: 12 })
  const { masked, carrierName, waybillNo } = parcel
  const words = [
    ...parcel.orders.map(({ orderNo, channelOrderNo }) => `订单 ${orderNo}　平台单号 ${channelOrderNo}`),
    `收件人 ${masked.name} ${masked.phone} ${masked.region}`,
    `快递 ${carrierName} ${waybillNo ?? ''}`,
  ].join('\n')
  y += Math.max(14, sheet.text(words, { x: a4.margin, y, width: inner - 64, height: 60, size: 10, least: 6 })) + 4
  const rows = parcel.lines.map((line, i) => [
    String(i + 1),
    line.code,
    line.name,
    line.specification,
    String(line.quantity),
  ])
  const end = drawTable(sheet, { columns: packColumns, rows }, { y, newPage })
  const total = `合计 ${parcel.pieces} 件`
  sheet.text(total, { x: a4.margin, y: end + 2, width: inner, height: 6, size: 11, weight: 'bold', align: 'right' })
}

function title(sheet: Sheet, name: string, about: string): void {
  sheet.text(name, { x: a4.margin, y: a4.margin, width: inner * 0.5, height: 9, size: 16, least: 8, weight: 'bold' })
  const box = { x: a4.margin + inner * 0.5, y: a4.margin + 2, width: inner * 0.5, height: 9 }
  sheet.text(about, { ...box, size: 10, least: 6, align: 'right' })
}
