import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CheckLine, checkPieces } from './check-piece.ts'

const mug: CheckLine = { id: 1, code: 'MUG', barcode: '6901', quantity: 2, checked: 0 }
const vase: CheckLine = { id: 2, code: 'VASE', barcode: null, quantity: 1, checked: 0 }
const secondMug: CheckLine = { ...mug, id: 3, quantity: 1 }

describe('a scanned piece', () => {
  test.each(['MUG', 'mug', ' MUG ', '6901'])('%s counts', (code) => {
    expect(checkPieces([mug, vase], code, 1)).toEqual({
      kind: 'counted',
      lines: [{ id: 1, checked: 1 }],
      isWhole: false,
    })
  })

  test('that is the last one makes the parcel whole', () => {
    expect(checkPieces([{ ...mug, checked: 2 }, vase], 'VASE', 1)).toMatchObject({ kind: 'counted', isWhole: true })
  })

  test('of a SKU on several lines fills one after the other', () => {
    expect(checkPieces([mug, secondMug], 'MUG', 3)).toEqual({
      kind: 'counted',
      lines: [
        { id: 1, checked: 2 },
        { id: 3, checked: 1 },
      ],
      isWhole: true,
    })
  })

  test.each([
    { when: 'it does not belong', code: 'BOWL', quantity: 1, zh: '不在这个包裹里' },
    { when: 'it is the barcode of nothing', code: '', quantity: 1, zh: '不在这个包裹里' },
    { when: 'all are there', code: 'VASE', quantity: 1, zh: '都验过了' },
    { when: 'more are named than are wanted', code: 'MUG', quantity: 3, zh: '只差 2 件' },
  ])('is refused when $when', ({ code, quantity, zh }) => {
    const outcome = checkPieces([mug, { ...vase, checked: 1 }], code, quantity)
    expect(outcome.kind === 'wrong' ? outcome.zh : '').toContain(zh)
  })

  test('is the SKU with this code before the one with this barcode', () => {
    const odd: CheckLine = { ...vase, barcode: 'MUG' }
    expect(checkPieces([odd, mug], 'MUG', 1)).toMatchObject({ lines: [{ id: 1 }] })
  })
})

test('whatever is scanned, never more is checked than is in the parcel, and every counted piece counts once', () => {
  const line = fc.record({
    code: fc.constantFrom('A', 'B', 'C'),
    barcode: fc.constantFrom('1', null),
    quantity: fc.integer({ min: 1, max: 5 }),
  })
  const scans = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', '1', 'X'), fc.integer({ min: 1, max: 4 })))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), scans, (given, scanned) => {
      let lines: CheckLine[] = given.map((one, id) => ({ ...one, id, checked: 0 }))
      for (const [code, quantity] of scanned) {
        const before = total(lines)
        const outcome = checkPieces(lines, code, quantity)
        if (outcome.kind === 'wrong') continue
        const now = new Map(outcome.lines.map((one) => [one.id, one.checked]))
        lines = lines.map((one) => ({ ...one, checked: now.get(one.id) ?? one.checked }))
        expect(total(lines)).toBe(before + quantity)
        expect(outcome.isWhole).toBe(lines.every((one) => one.checked === one.quantity))
      }
      for (const one of lines) expect(one.checked).toBeLessThanOrEqual(one.quantity)
    }),
  )
})

const total = (lines: readonly CheckLine[]) => lines.reduce((sum, line) => sum + line.checked, 0)
