/** A key as the browser reports it; scanners type like people, only faster. */
export interface KeyPress {
  readonly key: string
  /** The key's place, which a Chinese input method does not change. */
  readonly code: string
  /** When it was pressed, not when it was handled: a busy page must not tear a code apart. */
  readonly timeStamp: number
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/** What has been typed so far. */
export interface Typed {
  readonly text: string
  readonly firstAt: number
  readonly lastAt: number
  /** Digits held with Alt; some scanners send every character by its number. */
  readonly alt: string
}

export const nothingTyped: Typed = { text: '', firstAt: 0, lastAt: 0, alt: '' }

/** A whole code: what came until Enter or Tab. `isByHand`: too slow for a scanner. */
export interface Code {
  readonly text: string
  readonly isByHand: boolean
}

export interface Read {
  readonly typed: Typed
  readonly code: Code | null
  /** True: the key belongs to a code, so the page must not act on it. */
  readonly isTaken: boolean
}

/** Longer than this between two keys, and a new code begins. */
const gapMs = 500
/** People need longer than this for a key, scanners do not. */
const handMs = 40

/** Reads one key. All printable keys until Enter or Tab are one code, whatever its length. */
export function readKey(typed: Typed, press: KeyPress): Read {
  const fresh = press.timeStamp - typed.lastAt > gapMs ? nothingTyped : typed
  if (press.altKey && /^Numpad\d$/.test(press.code)) {
    return taken({ ...fresh, alt: fresh.alt + press.code.slice(-1), lastAt: press.timeStamp })
  }
  if (press.metaKey || press.altKey) return passed(typed)
  if (press.key === 'Enter' || press.key === 'Tab') return ended(fresh)
  const letter = letterOf(press)
  return letter === null ? passed(typed) : taken(added(fresh, letter, press.timeStamp))
}

/** Alt was let go: the digits typed with it are the number of one character. */
export function releaseAlt(typed: Typed, timeStamp: number): Typed {
  if (typed.alt === '') return typed
  return { ...added(typed, String.fromCharCode(Number(typed.alt)), timeStamp), alt: '' }
}

function ended(typed: Typed): Read {
  const text = typed.text.trim()
  if (text === '') return passed(nothingTyped)
  const steps = typed.text.length - 1
  const isByHand = steps === 0 || (typed.lastAt - typed.firstAt) / steps >= handMs
  return { typed: nothingTyped, code: { text, isByHand }, isTaken: true }
}

const taken = (typed: Typed): Read => ({ typed, code: null, isTaken: true })
const passed = (typed: Typed): Read => ({ typed, code: null, isTaken: false })

const added = (typed: Typed, letter: string, at: number): Typed => ({
  text: typed.text + letter,
  firstAt: typed.text === '' ? at : typed.firstAt,
  lastAt: at,
  alt: '',
})

const groupSeparator = '\u001d'

/** The character of a key: letters and digits by place, so that an input method cannot swallow them; the rest as the keyboard says. */
function letterOf(press: KeyPress): string | null {
  const { code, key, shiftKey } = press
  // Many scanners write the separator of GS1 codes as Ctrl and ].
  if (press.ctrlKey) return code === 'BracketRight' ? groupSeparator : null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey || key === letter ? letter : letter.toLowerCase()
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit && !(shiftKey && code.startsWith('Digit'))) return digit
  if (key.length === 1 && isNarrow(key)) return key
  return places[code]?.[shiftKey ? 1 : 0] ?? null
}

const isNarrow = (key: string): boolean => key >= ' ' && key <= '~'

/** What the other keys write on the keyboard that scanners are set to, for when an input method hides it. */
const places: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backslash: ['\\', '|'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  NumpadSubtract: ['-', '-'],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
  NumpadAdd: ['+', '+'],
  NumpadMultiply: ['*', '*'],
}
