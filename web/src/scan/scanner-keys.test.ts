import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Code, type KeyPress, nothingTyped, readKey, releaseAlt, type Typed } from './scanner-keys.ts'

const still = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }

/** A scanner set to an American keyboard, as they all come. */
function pressOf(letter: string, timeStamp: number): KeyPress {
  if (/[A-Z]/.test(letter)) return { ...still, key: letter, code: `Key${letter}`, timeStamp, shiftKey: true }
  if (/[a-z]/.test(letter)) return { ...still, key: letter, code: `Key${letter.toUpperCase()}`, timeStamp }
  if (/\d/.test(letter)) return { ...still, key: letter, code: `Digit${letter}`, timeStamp }
  return { ...still, key: letter, code: letter === '-' ? 'Minus' : 'Slash', timeStamp }
}

const enter = (timeStamp: number): KeyPress => ({ ...still, key: 'Enter', code: 'Enter', timeStamp })

function readAll(presses: readonly KeyPress[]): Code[] {
  const codes: Code[] = []
  let typed: Typed = nothingTyped
  for (const press of presses) {
    const read = readKey(typed, press)
    typed = read.typed
    if (read.code) codes.push(read.code)
  }
  return codes
}

const scan = (text: string, at: number, gap: number): KeyPress[] => [
  ...[...text].map((letter, index) => pressOf(letter, at + index * gap)),
  enter(at + text.length * gap),
]

test('five hundred scans at 150 ms apart: none lost, none doubled', () => {
  const texts = Array.from({ length: 500 }, (_, at) => `SF${1_000_000 + at}-${at % 7}`)
  const presses = texts.flatMap((text, at) => scan(text, at * 150, 5))
  expect(readAll(presses).map(({ text }) => text)).toEqual(texts)
})

test('any code of letters, digits and dashes is read as it was sent', () => {
  const text = fc.stringMatching(/^[A-Za-z0-9/-]{1,40}$/)
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (code, gap) => {
      expect(readAll(scan(code, 10, gap))).toMatchObject([{ text: code }])
    }),
  )
})

test('an input method that swallows the characters changes nothing', () => {
  const presses = scan('YT-88ab', 0, 8).map((press) => (press.key === 'Enter' ? press : { ...press, key: 'Process' }))
  expect(readAll(presses)).toMatchObject([{ text: 'YT-88ab', isByHand: false }])
})

test('a pause of more than half a second begins a new code', () => {
  expect(readAll([...scan('OLD', 0, 5).slice(0, 3), ...scan('NEW', 600, 5)])).toMatchObject([{ text: 'NEW' }])
  expect(readAll([...scan('ON', 0, 5).slice(0, 2), ...scan('LY', 400, 5)])).toMatchObject([{ text: 'ONLY' }])
})

test('Tab ends a code too, and Enter alone is no code', () => {
  const tab: KeyPress = { ...still, key: 'Tab', code: 'Tab', timeStamp: 40 }
  expect(readAll([...scan('A1', 0, 5).slice(0, 2), tab])).toMatchObject([{ text: 'A1' }])
  expect(readKey(nothingTyped, enter(5))).toMatchObject({ code: null, isTaken: false })
})

test.each([
  { how: 'by a person', gap: 180, isByHand: true },
  { how: 'by a scanner', gap: 12, isByHand: false },
])('a number typed $how is told as such', ({ gap, isByHand }) => {
  expect(readAll(scan('128', 0, gap))).toEqual([{ text: '128', isByHand }])
})

test('a scanner that sends every character by its number with Alt is understood', () => {
  let typed: Typed = nothingTyped
  let at = 0
  for (const number of ['065', '049', '029']) {
    for (const digit of number) {
      typed = readKey(typed, { ...still, altKey: true, key: digit, code: `Numpad${digit}`, timeStamp: ++at }).typed
    }
    typed = releaseAlt(typed, ++at)
  }
  expect(readKey(typed, enter(++at)).code?.text).toBe('A1\u001d')
})

test('the separator of GS1 codes comes as Ctrl and ]', () => {
  const separator: KeyPress = { ...still, key: ']', code: 'BracketRight', ctrlKey: true, timeStamp: 20 }
  const presses = [...scan('10AB', 0, 4).slice(0, 4), separator, ...scan('17', 24, 4)]
  expect(readAll(presses)).toMatchObject([{ text: '10AB\u001d17' }])
})

test('keys of the browser pass through', () => {
  const reload: KeyPress = { ...still, key: 'r', code: 'KeyR', ctrlKey: true, timeStamp: 3 }
  expect(readKey(nothingTyped, reload)).toMatchObject({ isTaken: false, code: null })
})
