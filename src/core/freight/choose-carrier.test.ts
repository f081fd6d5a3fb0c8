import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CarrierLine, chooseCarrier } from './choose-carrier.ts'

const line = (code: string, given: Partial<CarrierLine> = {}): CarrierLine => ({
  code,
  name: code,
  isActive: true,
  priority: 10,
  provinces: [],
  ...given,
})

test.each([
  {
    when: 'two serve everywhere, the smaller priority',
    table: [line('yto', { priority: 20 }), line('zto')],
    code: 'zto',
  },
  {
    when: 'the first serves other provinces only, the next',
    table: [line('zto', { provinces: ['广东省'] }), line('yto', { priority: 20 })],
    code: 'yto',
  },
  {
    when: 'one names the province, it counts as serving it',
    table: [line('zto', { provinces: ['浙江省'] })],
    code: 'zto',
  },
  {
    when: 'the first is switched off, the next',
    table: [line('zto', { isActive: false }), line('sf', { priority: 90 })],
    code: 'sf',
  },
  { when: 'priorities are equal, the first by code', table: [line('zto'), line('yto')], code: 'yto' },
  { when: 'none serves the province, nobody', table: [line('zto', { provinces: ['广东省'] })], code: null },
  { when: 'none is active, nobody', table: [line('zto', { isActive: false })], code: null },
])('when $when takes it', ({ table, code }) => {
  const choice = chooseCarrier(table, '浙江省')
  expect(choice.kind === 'chosen' ? choice.code : null).toBe(code)
  expect(choice.why).not.toBe('')
})

test('a receiver without a province gets a carrier that serves everywhere', () => {
  const table = [line('zto', { provinces: ['浙江省'] }), line('sf', { priority: 90 })]
  expect(chooseCarrier(table, '')).toMatchObject({ kind: 'chosen', code: 'sf' })
})

test('the choice does not depend on the order of the table', () => {
  const lines = fc.uniqueArray(
    fc.record({
      code: fc.constantFrom('zto', 'yto', 'sto', 'jt', 'sf'),
      isActive: fc.boolean(),
      priority: fc.nat(3),
      provinces: fc.subarray(['浙江省', '广东省']),
    }),
    { selector: (one) => one.code },
  )
  fc.assert(
    fc.property(lines, (given) => {
      const table = given.map((one) => line(one.code, one))
      expect(chooseCarrier([...table].reverse(), '浙江省')).toEqual(chooseCarrier(table, '浙江省'))
    }),
  )
})
