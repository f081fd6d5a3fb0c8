import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A typeface for paper: its file, and which signs it can draw. */
export interface Typeface {
  readonly bytes: Buffer
  readonly draws: (codePoint: number) => boolean
}

const require = createRequire(import.meta.url)
const folder = path.join(path.dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
const files = { plain: 'NotoSansHans-Regular.otf', bold: 'NotoSansHans-Bold.otf' } as const
const read = new Map<string, Typeface>()

/** Noto Sans Hans, read at the first print and kept: 8 MB each. Only the signs used go into a PDF. */
export function typeface(weight: keyof typeof files): Typeface {
  const known = read.get(weight)
  if (known) return known
  const bytes = readFileSync(path.join(folder, files[weight]))
  const face = { bytes, draws: coverageOf(bytes) }
  read.set(weight, face)
  return face
}

const formatOfRanges = 12

/** Reads from an OpenType font which code points it has glyphs for: the `cmap` table's subtable of format 12, which holds ranges. */
function coverageOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableAt(font, 'cmap')
  const count = font.readUInt16BE(cmap + 2)
  for (let i = 0; i < count; i += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4)
    if (font.readUInt16BE(at) === formatOfRanges) return inRanges(font, at)
  }
  throw new Error('the font has no table of all its signs')
}

function tableAt(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4)
  for (let i = 0; i < count; i += 1) {
    const at = 12 + i * 16
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

function inRanges(font: Buffer, at: number): (codePoint: number) => boolean {
  const count = font.readUInt32BE(at + 12)
  const start = (i: number) => font.readUInt32BE(at + 16 + i * 12)
  const end = (i: number) => font.readUInt32BE(at + 20 + i * 12)
  return (codePoint) => {
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (start(middle) <= codePoint) low = middle
      else high = middle - 1
    }
    return count > 0 && start(low) <= codePoint && codePoint <= end(low)
  }
}
