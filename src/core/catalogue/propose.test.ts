import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gramsOf, plainCode, specificationValues } from './grams.ts'
import { type ListingFacts, proposer, type SkuFacts } from './propose.ts'

const sku = (id: number, code: string, given: Partial<SkuFacts> = {}): SkuFacts => ({
  id,
  code,
  productName: '无名之物',
  specification: '',
  barcode: null,
  ...given,
})
const listing = (given: Partial<ListingFacts>): ListingFacts => ({
  merchantCode: null,
  barcode: null,
  title: '',
  specification: '',
  ...given,
})

const shelf = [
  sku(1, 'MUG-GREEN', { productName: '粗陶马克杯', specification: '苔绿', barcode: '6901234500011' }),
  sku(2, 'MUG-WHITE', { productName: '粗陶马克杯', specification: '米白', barcode: '6901234500028' }),
  sku(3, 'VASE-S', { productName: '手工玻璃花瓶', specification: '小号' }),
  sku(4, 'VASE-L', { productName: '手工玻璃花瓶', specification: '大号' }),
  sku(5, 'KETTLE-500', { productName: '不锈钢保温壶', specification: '500ml' }),
  sku(6, 'KETTLE-350', { productName: '不锈钢保温壶', specification: '350ml' }),
]

test.each([
  { what: 'the code', given: { merchantCode: 'VASE-S' }, skuId: 3, why: '编码相同', confidence: 100 },
  {
    what: 'the code in other case and width',
    given: { merchantCode: ' ｖase-S' },
    skuId: 3,
    why: '编码相同（大小写或全半角不同）',
    confidence: 98,
  },
  {
    what: 'the code with other separators',
    given: { merchantCode: 'vase_s' },
    skuId: 3,
    why: '编码相同（分隔符不同）',
    confidence: 95,
  },
  { what: 'the barcode', given: { barcode: '6901234500028' }, skuId: 2, why: '条码相同', confidence: 98 },
  {
    what: 'the code, whatever the title says',
    given: { merchantCode: 'MUG-WHITE', title: '粗陶马克杯', specification: '颜色:苔绿' },
    skuId: 2,
    why: '编码相同',
    confidence: 100,
  },
])('a listing is known by $what', ({ given, skuId, why, confidence }) => {
  expect(proposer(shelf)(listing(given))).toEqual({ skuId, why, confidence })
})

describe('by title and specification', () => {
  test.each([
    { title: '木白家居 粗陶马克杯 复古咖啡杯', specification: '颜色分类:苔绿', skuId: 1 },
    { title: '木白家居 粗陶马克杯 复古咖啡杯', specification: '颜色分类:米白', skuId: 2 },
    { title: '【包邮】手工玻璃花瓶北欧插花', specification: '尺寸:大号', skuId: 4 },
    { title: '不锈钢保温壶 500ml 家用', specification: '', skuId: 5 },
    { title: '不锈钢保温壶 家用', specification: '容量:350ML', skuId: 6 },
  ])('$title $specification is found', ({ title, specification, skuId }) => {
    const proposal = proposer(shelf)(listing({ title, specification }))
    expect(proposal).toMatchObject({ skuId, why: `标题 ${proposal?.confidence} %` })
    expect(proposal?.confidence).toBeGreaterThanOrEqual(85)
  })

  test.each([
    { when: 'the colour is one we do not have', title: '粗陶马克杯', specification: '颜色:钴蓝' },
    { when: 'two SKUs are equally like it', title: '粗陶马克杯', specification: '' },
    { when: 'it is something else', title: '竹编收纳篮', specification: '大号' },
    { when: 'it says nothing', title: '', specification: '' },
  ])('when $when nothing is proposed', ({ title, specification }) => {
    expect(proposer(shelf)(listing({ title, specification }))).toBeNull()
  })

  test('a name of one character proves little', () => {
    const proposal = proposer([sku(1, 'X', { productName: '杯' })])(listing({ title: '杯 子 碗' }))
    expect(proposal?.confidence ?? 0).toBeLessThan(70)
  })
})

test('a code that two SKUs share when folded is nobody’s', () => {
  const twins = [sku(1, 'AB-1'), sku(2, 'A-B1')]
  expect(proposer(twins)(listing({ merchantCode: 'AB1' }))).toBeNull()
  expect(proposer(twins)(listing({ merchantCode: 'A-B1' }))?.skuId).toBe(2)
})

const words = ['粗陶', '马克杯', '花瓶', '保温壶', '苔绿', '米白', '500ml', '大号', '手工', '北欧']
const phrase = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((some) => some.join(''))
const someSkus = fc
  .array(
    fc.record({ code: fc.constantFrom('A1', 'a-1', 'B2', 'C3', 'D4'), productName: phrase, specification: phrase }),
  )
  .map((rows) => rows.map((row, i) => sku(i + 1, `${row.code}-${i}`, row)))
const someListing = fc.record({
  merchantCode: fc.option(fc.constantFrom('A1-0', 'a10', 'B2-1', '')),
  barcode: fc.constant(null),
  title: phrase,
  specification: phrase,
})

describe('always', () => {
  test('a proposal names a SKU there is, between 60 and 100 percent', () => {
    fc.assert(
      fc.property(someSkus, someListing, (skus, one) => {
        const proposal = proposer(skus)(one)
        if (proposal === null) return
        expect(skus.map(({ id }) => id)).toContain(proposal.skuId)
        expect(proposal.confidence).toBeGreaterThanOrEqual(60)
        expect(proposal.confidence).toBeLessThanOrEqual(100)
      }),
    )
  })

  test('the order of the SKUs changes nothing', () => {
    fc.assert(
      fc.property(someSkus, someListing, (skus, one) => {
        expect(proposer([...skus].reverse())(one)).toEqual(proposer(skus)(one))
      }),
    )
  })

  test('a listing titled like a SKU, and like no other, is that SKU', () => {
    fc.assert(
      fc.property(someSkus, (skus) => {
        const [first] = skus
        fc.pre(first !== undefined)
        const grams = gramsOf(`${first.productName} ${specificationValues(first.specification)}`)
        const isAlone = skus.slice(1).every((other) => {
          const others = gramsOf(`${other.productName} ${specificationValues(other.specification)}`)
          return [...others].some((gram) => !grams.has(gram)) || others.size === 0
        })
        fc.pre(grams.size >= 4 && isAlone)
        const { productName: title, specification } = first
        expect(proposer(skus)(listing({ title, specification }))?.skuId).toBe(first.id)
      }),
    )
  })
})

test('five thousand listings against two thousand SKUs are looked up, not compared one by one', () => {
  const kinds = ['马克杯', '花瓶', '保温壶', '收纳篮', '靠垫', '台灯', '砧板', '餐盘', '围裙', '地垫']
  const colours = ['苔绿', '米白', '钴蓝', '砖红', '炭黑', '姜黄', '藕粉', '雾灰', '驼色', '藏青']
  const skus = Array.from({ length: 2_000 }, (_, i) =>
    sku(i + 1, `S${i}`, {
      productName: `木白家居${kinds[i % 10]!}第${Math.floor(i / 100)}款`,
      specification: colours[Math.floor(i / 10) % 10]!,
    }),
  )
  const propose = proposer(skus)
  const began = process.cpuUsage().user
  let found = 0
  for (let i = 0; i < 5_000; i += 1) {
    const one = skus[(i * 7) % 2_000]!
    const title = `【新款】${one.productName} 北欧风 包邮 送礼`
    if (propose(listing({ title, specification: `颜色:${one.specification}` }))?.skuId === one.id) found += 1
  }
  expect(found).toBe(5_000)
  // Ten million comparisons of whole titles would take minutes.
  expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(10)
})

test('codes are folded to what people mean', () => {
  expect(['ＭＵＧ-01 ', 'mug_01', 'Mug 01'].map(plainCode)).toEqual(['mug01', 'mug01', 'mug01'])
})
