import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakLines, fitText, leading } from './fit-text.ts'

/** Chinese signs are as wide as high, others half. */
const widthOf = (text: string) =>
  Array.from(text).reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e80 ? 1 : 0.5), 0)
const box = { width: 100, height: 50, size: 20, least: 5 }

describe('a text', () => {
  test('that has room keeps its size', () => {
    expect(fitText('粗陶马克杯', box, widthOf)).toEqual({ size: 20, lines: ['粗陶马克杯'] })
  })

  test('that has none becomes smaller before it is cut', () => {
    const fitted = fitText('浙江省杭州市余杭区仓前街道溪边路八号', box, widthOf)
    expect(fitted.size).toBeLessThan(20)
    expect(fitted.lines.join('')).toBe('浙江省杭州市余杭区仓前街道溪边路八号')
  })

  test('that has none even at the least size ends with an ellipsis', () => {
    const { size, lines } = fitText('很长'.repeat(500), box, widthOf)
    expect(size).toBe(5)
    expect(lines.at(-1)).toMatch(/…$/)
  })

  test('keeps words and numbers whole, and begins no line with a closing sign', () => {
    expect(breakLines('订单 T00000012 已发', 5, widthOf)).toEqual(['订单', 'T00000012', '已发'])
    expect(breakLines('一二三四，五', 4, widthOf)).toEqual(['一二三', '四，五'])
    expect(breakLines('1浙，', 1.5, widthOf)).toEqual(['1浙', '，'])
  })

  test('keeps its own line feeds', () => {
    expect(breakLines('一\n\n二', 4, widthOf)).toEqual(['一', '', '二'])
  })
})

test('no line ever leaves its box, and nothing is lost unless it is cut', () => {
  const text = fc.string({ unit: fc.constantFrom('浙', '江', '，', 'A', '1', ' ', '-', '\n', '龘'), maxLength: 300 })
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 300 }), fc.integer({ min: 10, max: 200 }), (given, width, height) => {
      const { size, lines } = fitText(given, { width, height, size: 18, least: 5 }, widthOf)
      for (const line of lines) expect(widthOf(line) * size).toBeLessThanOrEqual(width + 1e-9)
      expect(lines.length * size * leading).toBeLessThanOrEqual(Math.max(height, 5 * leading) + 1e-9)
      const plain = (some: string) => some.replace(/\s/g, '')
      const kept = plain(lines.join(''))
      if (kept.endsWith('…')) expect(plain(given).startsWith(kept.slice(0, -1))).toBe(true)
      else expect(kept).toBe(plain(given))
    }),
  )
})
