import { setImmediate as otherWork } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { type Box, breakLines, fitText, leading, type WidthOf } from './fit-text.ts'
import { type Typeface, typeface } from './font.ts'

/** Points (1/72 inch) in a millimetre. Everything on paper is measured in millimetres, text sizes in points. */
const point = 72 / 25.4

export type Weight = 'plain' | 'bold'

/** A place on paper in millimetres from the upper left corner. */
export interface Place {
  readonly x: number
  readonly y: number
}

export interface TextBox extends Place {
  readonly width: number
  readonly height: number
  readonly size: number
  readonly least?: number
  readonly weight?: Weight
  readonly align?: 'left' | 'center' | 'right'
}

/** Paper that is written on (纸张). Text never leaves its box; signs that no font has become 〓. */
export interface Sheet {
  readonly page: (width: number, height: number) => void
  /** Gives the height the text took, in millimetres. */
  readonly text: (text: string, box: TextBox) => number
  /** One line after the other without fitting; for tables. */
  readonly lines: (text: string, width: number, size: number) => string[]
  readonly line: (from: Place, to: Place, options?: { readonly isDashed?: boolean }) => void
  readonly frame: (box: Place & { readonly width: number; readonly height: number }) => void
  /** Black bars from the left end on, `widths` in turn bar and gap, in modules. */
  readonly bars: (widths: readonly number[], at: Place & { readonly module: number; readonly height: number }) => void
  /** Writes on every page made so far, such as its number. */
  readonly onEveryPage: (write: (no: number, of: number) => void) => void
  readonly otherWork: () => Promise<void>
  readonly end: () => Promise<Buffer>
}

/** Opens an empty document. `madeAt` stands in the file, so that the same parcels at the same time give the same bytes. */
export function openSheet(title: string, madeAt: number): Sheet {
  const doc = openPdf(title, new Date(madeAt))
  const faces: Record<Weight, Typeface> = { plain: typeface('plain'), bold: typeface('bold') }
  doc.registerFont('plain', faces.plain.bytes)
  doc.registerFont('bold', faces.bold.bytes)
  const widths = { plain: widthsOf(doc, 'plain'), bold: widthsOf(doc, 'bold') }
  return {
    page: (width, height) => void doc.addPage({ size: [width * point, height * point], margin: 0 }),
    text: (text, box) => {
      const weight = box.weight ?? 'plain'
      return write(doc, drawable(text, faces[weight]), { ...box, weight, widthOf: widths[weight] })
    },
    lines: (text, width, size) => breakLines(drawable(text, faces.plain), (width * point) / size, widths.plain),
    line: (from, to, options) => drawLine(doc, { from, to, isDashed: options?.isDashed ?? false }),
    frame: ({ x, y, width, height }) =>
      void doc
        .lineWidth(0.8)
        .rect(x * point, y * point, width * point, height * point)
        .stroke('black'),
    bars: (modules, at) => drawBars(doc, modules, at),
    onEveryPage: (writeOn) => {
      const { start, count } = doc.bufferedPageRange()
      for (let i = 0; i < count; i += 1) {
        doc.switchToPage(start + i)
        writeOn(i + 1, count)
      }
    },
    otherWork: () => otherWork(),
    end: () => bytesOf(doc),
  }
}

function openPdf(title: string, madeAt: Date): Pdf {
  const made = { CreationDate: madeAt, ModDate: madeAt }
  return new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    info: { Title: title, Creator: '统单', Producer: '统单', ...made },
  })
}

async function bytesOf(doc: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject))
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

function drawLine(doc: Pdf, line: { readonly from: Place; readonly to: Place; readonly isDashed: boolean }): void {
  doc.lineWidth(0.6)
  if (line.isDashed) doc.dash(3, { space: 2 })
  doc
    .moveTo(line.from.x * point, line.from.y * point)
    .lineTo(line.to.x * point, line.to.y * point)
    .stroke('black')
  if (line.isDashed) doc.undash()
}

function drawBars(
  doc: Pdf,
  modules: readonly number[],
  { x, y, module, height }: Place & { readonly module: number; readonly height: number },
): void {
  let at = x
  for (const [i, width] of modules.entries()) {
    if (i % 2 === 0) doc.rect(at * point, y * point, width * module * point, height * point)
    at += width * module
  }
  doc.fill('black')
}

type Pdf = InstanceType<typeof PDFDocument>

interface Written extends TextBox {
  readonly weight: Weight
  readonly widthOf: WidthOf
}

function write(doc: Pdf, text: string, box: Written): number {
  const fits: Box = {
    width: box.width * point,
    height: box.height * point,
    size: box.size,
    least: box.least ?? Math.min(box.size, 5),
  }
  const { size, lines } = fitText(text, fits, box.widthOf)
  doc.font(box.weight).fontSize(size).fillColor('black')
  for (const [i, line] of lines.entries()) {
    const spare = fits.width - box.widthOf(line) * size
    const inset = { left: 0, center: spare / 2, right: spare }[box.align ?? 'left']
    doc.text(line, box.x * point + inset, box.y * point + i * size * leading, { lineBreak: false })
  }
  return (lines.length * size * leading) / point
}

const unknownSign = '〓'

/** The text with what cannot be drawn replaced: no empty boxes on paper. Signs that stand for nothing visible go. */
function drawable(text: string, { draws }: Typeface): string {
  const signs = Array.from(text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ')).filter(
    (sign) => sign === '\n' || !/[\p{Cc}\p{Cf}\p{Mn}]/u.test(sign),
  )
  return signs.map((sign) => (sign === '\n' || draws(sign.codePointAt(0)!) ? sign : unknownSign)).join('')
}

const measured: Record<Weight, Map<string, number>> = { plain: new Map(), bold: new Map() }
const measuredAtMost = 30_000

/** Widths are added up sign by sign, each measured once: reckoning whole lines would take most of the time of a print. */
function widthsOf(doc: Pdf, weight: Weight): WidthOf {
  const known = measured[weight]
  const widthOfSign = (sign: string) => {
    const found = known.get(sign)
    if (found !== undefined) return found
    if (known.size >= measuredAtMost) known.clear()
    const width = doc.font(weight).fontSize(100).widthOfString(sign) / 100
    known.set(sign, width)
    return width
  }
  return (text) => {
    let width = 0
    for (const sign of text) width += widthOfSign(sign)
    return width
  }
}
