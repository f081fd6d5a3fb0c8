import { expect, test } from 'vitest'
import { demoBrand, demoCatalogue } from './demo-catalogue.ts'

test('the demo brand sells 24 goods of ten products, each under a merchant code of its own', () => {
  expect(new Set(demoCatalogue.map(({ merchantCode }) => merchantCode)).size).toBe(24)
  expect(new Set(demoCatalogue.map(({ product }) => product)).size).toBe(10)
  for (const good of demoCatalogue) {
    expect(good.merchantCode).toMatch(/^MB-\d{4}$/)
    expect(good.title).toContain(demoBrand)
    expect(good.specification).toMatch(/^([^:;]+:[^:;]+(;[^:;]+:[^:;]+)*)?$/)
    expect(Number.isInteger(good.priceFen) && good.priceFen > 0).toBe(true)
    expect(good.quantity).toBe(good.usualStock)
  }
})

test('SKUs of one product differ in their specification', () => {
  const names = demoCatalogue.map(({ product, specification }) => `${product} ${specification}`)
  expect(new Set(names).size).toBe(names.length)
})
