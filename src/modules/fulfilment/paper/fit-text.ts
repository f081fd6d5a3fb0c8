/** How wide a text is at size 1, in the same unit as sizes. */
export type WidthOf = (text: string) => number

export interface Box {
  readonly width: number
  readonly height: number
  /** The size wished for, and the smallest that may be taken instead. */
  readonly size: number
  readonly least: number
}

export interface Fitted {
  readonly size: number
  readonly lines: readonly string[]
}

/** Height of a line of text of size 1. */
export const leading = 1.25

/**
 * Fits a text into a box (缩放换行): breaks it into lines at the largest size at which all of it has room. What has none even at the least
 * size ends with an ellipsis; nothing ever reaches beyond the box. Line feeds in the text are kept.
 */
export function fitText(text: string, box: Box, widthOf: WidthOf): Fitted {
  for (let size = box.size; size > box.least; size -= 0.5) {
    const lines = breakLines(text, box.width / size, widthOf)
    if (lines.length * size * leading <= box.height) return { size, lines }
  }
  const lines = breakLines(text, box.width / box.least, widthOf)
  const room = Math.max(1, Math.floor(box.height / (box.least * leading)))
  if (lines.length <= room) return { size: box.least, lines }
  const last = shorten(`${lines[room - 1] ?? ''}…`, box.width / box.least, widthOf)
  return { size: box.least, lines: [...lines.slice(0, room - 1), last] }
}

function shorten(text: string, width: number, widthOf: WidthOf): string {
  let signs = Array.from(text).slice(0, -1)
  while (signs.length > 0 && widthOf(`${signs.join('')}…`) > width) signs = signs.slice(0, -1)
  return `${signs.join('')}…`
}

/** Words of Latin letters and digits stay whole where they can; between Chinese characters a line may end anywhere. */
const units = /[A-Za-z0-9._\-/]+|\s+|./gsu
/** These never begin a line. */
const closing = /^[，。、；：！？）】》”’,.;:!?)\]%]$/

/** Breaks a text into lines no wider than `width` at size 1. */
export function breakLines(text: string, width: number, widthOf: WidthOf): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const unit of (paragraph.match(units) ?? []).flatMap((one) =>
      widthOf(one) > width ? Array.from(one) : [one],
    )) {
      if (line === '' || widthOf(line + unit) <= width) {
        line += unit
        continue
      }
      const carried = carriedDown(line, unit, (some) => widthOf(some) <= width)
      lines.push(line.slice(0, line.length - carried.length).trimEnd())
      line = (carried + unit).trimStart()
    }
    return [...lines, line.trimEnd()]
  })
}

/** The sign taken down to the next line with a closing one, unless that would leave nothing or the two have no room. */
function carriedDown(line: string, unit: string, fits: (text: string) => boolean): string {
  const signs = Array.from(line)
  const last = signs.at(-1) ?? ''
  return closing.test(unit) && signs.length > 1 && fits(last + unit) ? last : ''
}
