import { expect, test } from 'vitest'
import { carriers } from '../logistics/carriers.ts'
import { carrierTable } from './carrier-table.ts'

const active = (table: ReturnType<typeof carrierTable>) =>
  table.filter((line) => line.isActive).map((line) => line.code)

test('a new installation sends by two carriers and the dear one last', () => {
  expect(active(carrierTable([]))).toEqual(['zto', 'yto', 'sf'])
  expect(carrierTable([])).toHaveLength(carriers.length)
})

test('what the merchant set holds, and a carrier that closed takes nothing', () => {
  const set = (code: string, isActive: boolean, priority: number) => ({
    code,
    isActive,
    priority,
    provinces: ['浙江省'],
  })
  const table = carrierTable([set('zto', false, 1), set('jt', true, 15), set('tiantian', true, 1)])
  expect(active(table)).toEqual(['jt', 'yto', 'sf'])
  expect(table[0]).toEqual({ code: 'jt', name: '极兔速递', isActive: true, priority: 15, provinces: ['浙江省'] })
})
