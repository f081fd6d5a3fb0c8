import bwip from 'bwip-js'
import type { Sheet } from './sheet.ts'

/** Two dots of a thermal printer (203 dpi): the narrowest bar that scanners read everywhere. */
const leastModule = 0.25
/** One dot. */
const dot = 0.125
const quietModules = 10

/** Widths of the bars and gaps of a text as code 128, in modules, beginning with a bar. */
export function code128(text: string): readonly number[] {
  const [drawn] = bwip.raw('code128', text, {})
  if (drawn === undefined || !('sbs' in drawn)) throw new Error('code 128 gave no bars')
  return drawn.sbs
}

export interface BarcodePlace {
  /** The left end of the room, quiet zones included. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The widest whole number of dots a module may have in this room; null when not even the narrowest fits with its quiet zones. */
export function moduleFor(modules: number, width: number): number | null {
  const widest = Math.floor(width / (modules + 2 * quietModules) / dot) * dot
  return widest < leastModule ? null : Math.min(widest, 4 * dot)
}

/** Draws a text as code 128 in the middle of its room, as vector bars. Gives false, and draws nothing, when there is not room enough. */
export function drawBarcode(sheet: Sheet, text: string, place: BarcodePlace): boolean {
  const widths = code128(text)
  const modules = widths.reduce((sum, width) => sum + width, 0)
  const module = moduleFor(modules, place.width)
  if (module === null) return false
  // Bars begin on a whole dot, so that none is drawn a dot too wide or too narrow.
  const x = Math.round((place.x + (place.width - modules * module) / 2) / dot) * dot
  sheet.bars(widths, { x, y: place.y, module, height: place.height })
  return true
}
