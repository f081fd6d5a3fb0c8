import { drawBarcode } from './barcode.ts'
import { goodsWords, type PaperParcel, type Printed } from './facts.ts'
import { openSheet, type Sheet } from './sheet.ts'

/** Heights of the parts of a label from top to bottom, in millimetres; the goods take what is left. */
interface Format {
  readonly width: number
  readonly height: number
  readonly head: number
  readonly bars: number
  readonly receiver: number
  readonly sender: number
  readonly orders: number
  readonly foot: number
  /** The part that is torn off and kept; 0 where there is none. */
  readonly stub: number
  readonly size: number
}

// Source: carriers.md 7, sizes of the one-part and the three-part label [doc]; the parts' heights are ours.
export const labelFormats = {
  'label-76x130': {
    width: 76,
    height: 130,
    head: 10,
    bars: 22,
    receiver: 33,
    sender: 10,
    orders: 13,
    foot: 6,
    stub: 0,
    size: 10,
  },
  'label-100x180': {
    width: 100,
    height: 180,
    head: 12,
    bars: 25,
    receiver: 37,
    sender: 12,
    orders: 14,
    foot: 6,
    stub: 38,
    size: 12,
  },
} as const satisfies Record<string, Format>

const margin = 3
/** Where the frame stands. */
const left = margin - 1
const right = (width: number) => width - left
const barsAt = 1

/** Labels (面单), one a page, in the order given. */
export async function drawLabels(
  parcels: readonly PaperParcel[],
  format: keyof typeof labelFormats,
  printed: Printed,
): Promise<Buffer> {
  const sheet = openSheet('面单', printed.at)
  for (const parcel of parcels) {
    drawLabel(sheet, parcel, { format: labelFormats[format], printed })
    await sheet.otherWork()
  }
  return sheet.end()
}

interface How {
  readonly format: Format
  readonly printed: Printed
}

function drawLabel(sheet: Sheet, parcel: PaperParcel, { format, printed }: How): void {
  const { width, height, head, bars, receiver, sender, orders, foot, stub } = format
  sheet.page(width, height)
  const goods = height - 2 * margin - head - bars - receiver - sender - orders - foot - stub
  const parts: [height: number, draw: (y: number, height: number) => void][] = [
    [head, (y, h) => drawHead(sheet, parcel, { y, h, width })],
    [bars, (y, h) => drawNumber(sheet, parcel.waybillNo ?? '', { y, h, width })],
    [receiver, (y, h) => drawReceiver(sheet, parcel, { y, h, width, size: format.size })],
    [sender, (y, h) => drawSender(sheet, parcel, { y, h, width })],
    [goods, (y, h) => drawGoods(sheet, parcel, { y, h, width })],
    [orders, (y, h) => drawOrders(sheet, parcel, { y, h, width })],
    [foot, (y, h) => drawFoot(sheet, parcel, { y, h, width, printed })],
  ]
  let y = margin
  for (const [i, [h, draw]] of parts.entries()) {
    sheet.line({ x: left, y }, { x: right(width), y })
    // Nothing stands beside the bars: a line in their quiet zone would make them unreadable.
    if (i !== barsAt) for (const x of [left, right(width)]) sheet.line({ x, y }, { x, y: y + h })
    draw(y, h)
    y += h
  }
  sheet.line({ x: left, y }, { x: right(width), y })
  if (stub > 0) drawStub(sheet, parcel, { y, h: stub, width })
}

interface Part {
  readonly y: number
  readonly h: number
  readonly width: number
}

function drawHead(sheet: Sheet, { carrierName, no, of, reprints }: PaperParcel, { y, h, width }: Part): void {
  const inner = width - 2 * margin
  sheet.text(carrierName, { x: margin, y: y + 1, width: inner * 0.6, height: h - 2, size: 16, weight: 'bold' })
  sheet.text(`${no}/${of}`, { x: width - margin - 22, y: y + 0.5, width: 22, height: 5, size: 10, align: 'right' })
  if (reprints > 0) {
    const words = `重打 ${reprints}`
    sheet.text(words, {
      x: width - margin - 22,
      y: y + 5,
      width: 22,
      height: 4.5,
      size: 9,
      weight: 'bold',
      align: 'right',
    })
  }
}

/** The number as bars over the whole width of the paper, and as text beneath. */
function drawNumber(sheet: Sheet, waybillNo: string, { y, h, width }: Part): void {
  const textHeight = 5.5
  drawBarcode(sheet, waybillNo, { x: 0.5, y: y + 2, width: width - 1, height: h - textHeight - 3 })
  const box = { x: margin, y: y + h - textHeight, width: width - 2 * margin, height: textHeight - 0.5 }
  sheet.text(waybillNo, { ...box, size: 11, weight: 'bold', align: 'center' })
}

const mark = 8

function drawReceiver(
  sheet: Sheet,
  { receiver, isPlain }: PaperParcel,
  { y, h, width, size }: Part & { readonly size: number },
): void {
  sheet.text('收', { x: margin, y: y + 1, width: mark, height: 7, size: 15, weight: 'bold' })
  const box = { x: margin + mark, width: width - 2 * margin - mark }
  const nameHeight = 11
  const note = isPlain ? 0 : 4
  sheet.text(`${receiver.name} ${receiver.phone}`, {
    ...box,
    y: y + 1,
    height: nameHeight - 1,
    size: size + 2,
    weight: 'bold',
  })
  sheet.text(receiver.address, { ...box, y: y + nameHeight, height: h - nameHeight - note - 0.5, size })
  if (note > 0) {
    const words = '收件信息由平台隐藏，以平台电子面单为准'
    sheet.text(words, { ...box, y: y + h - note - 0.2, height: note, size: 7 })
  }
}

function drawSender(sheet: Sheet, { sender }: PaperParcel, { y, h, width }: Part): void {
  sheet.text('寄', { x: margin, y: y + 0.5, width: mark, height: h - 1, size: 11, weight: 'bold' })
  const words = `${sender.company} ${sender.warehouse}\n${sender.region}`
  sheet.text(words, { x: margin + mark, y: y + 0.5, width: width - 2 * margin - mark, height: h - 1, size: 8 })
}

function drawGoods(sheet: Sheet, { lines, pieces }: PaperParcel, { y, h, width }: Part): void {
  const inner = width - 2 * margin
  const headHeight = 4.5
  sheet.text(`货品 ${lines.length} 种 ${pieces} 件`, {
    x: margin,
    y: y + 0.5,
    width: inner,
    height: headHeight,
    size: 8,
    weight: 'bold',
  })
  const words = lines.map(goodsWords).join('\n')
  sheet.text(words, { x: margin, y: y + headHeight, width: inner, height: h - headHeight - 0.5, size: 8 })
}

function drawOrders(sheet: Sheet, { parcelNo, orders }: PaperParcel, { y, h, width }: Part): void {
  const words = orders.map(({ orderNo, channelOrderNo, shop }) => `${orderNo} ${shop} ${channelOrderNo}`)
  const box = { x: margin, y: y + 0.5, width: width - 2 * margin, height: h - 1 }
  sheet.text([`包裹 ${parcelNo}`, ...words].join('\n'), { ...box, size: 8 })
}

function drawFoot(
  sheet: Sheet,
  { reprints }: PaperParcel,
  { y, h, width, printed }: Part & { readonly printed: Printed },
): void {
  const words = `${printed.atText} ${printed.by} ${reprints > 0 ? '重打' : '打印'}`
  sheet.text(words, { x: margin, y: y + 0.8, width: width - 2 * margin, height: h - 1, size: 7 })
}

/** What the warehouse keeps of a three-part label: number, orders and goods, nothing of the receiver. */
function drawStub(sheet: Sheet, parcel: PaperParcel, { y, h, width }: Part): void {
  sheet.line({ x: 0, y: y + 1 }, { x: width, y: y + 1 }, { isDashed: true })
  const barsHeight = 17
  drawNumber(sheet, parcel.waybillNo ?? '', { y: y + 2, h: barsHeight, width })
  const words = [...parcel.orders.map(({ orderNo, shop }) => `${orderNo} ${shop}`), ...parcel.lines.map(goodsWords)]
  const box = { x: margin, y: y + barsHeight + 3, width: width - 2 * margin, height: h - barsHeight - 4 }
  sheet.text(words.join('\n'), { ...box, size: 8 })
}
