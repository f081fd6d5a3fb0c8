import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { missingTools, pictures, readBarcodes, readFonts, readText, readWords } from '../../../../test/aid/paper.ts'
import { carriers } from '../../../core/logistics/carriers.ts'
import { faultOfWaybill } from '../../../core/logistics/waybill.ts'
import { code128, moduleFor } from './barcode.ts'
import type { PaperParcel } from './facts.ts'
import { typeface } from './font.ts'
import { drawLabels, labelFormats } from './label.ts'
import { drawPacking, drawPicking } from './lists.ts'
import { openSheet } from './sheet.ts'

const missing = missingTools('pdftoppm', 'pdftotext', 'pdffonts', 'zbarimg')
const needs = missing.length === 0 ? '' : ` (left out: this machine has no ${missing.join(', ')})`
const lacksTools = missing.length > 0

const formats = Object.keys(labelFormats) as (keyof typeof labelFormats)[]
const printed = { by: '陈小华', at: Date.parse('2026-11-11T04:00:00Z'), atText: '2026-11-11 12:00' }
const line = (skuId: number, quantity = 1) => ({
  skuId,
  code: `SKU-${skuId}`,
  name: '粗陶马克杯',
  specification: '苔绿',
  quantity,
})
const parcel = (no: number, given: Partial<PaperParcel> = {}): PaperParcel => ({
  parcelNo: `P0000${String(no).padStart(4, '0')}`,
  no,
  of: 3,
  carrierName: '中通快递',
  waybillNo: `7351234567${String(no).padStart(4, '0')}`,
  reprints: 0,
  receiver: { name: '林晓禾', phone: '13800004471', address: '浙江省 杭州市 余杭区 溪边路 8 号' },
  masked: { name: '林*禾', phone: '138****4471', region: '浙江省 杭州市 余杭区' },
  isPlain: true,
  sender: { company: '木白家居', warehouse: '漳州主仓', region: '福建省 漳州市' },
  orders: [
    { orderNo: `T0000${String(no).padStart(4, '0')}`, channelOrderNo: '2605301234567890123', shop: '木白旗舰店' },
  ],
  lines: [line(1, 2), line(2)],
  pieces: 3,
  ...given,
})
const numbered = (waybillNo: string, i: number) => parcel(i + 1, { waybillNo })

/** The widest there can be: letters and digits in turn need a bar pattern each. */
const worst = 'A1B2C3D4E5F6G7H8J9K0L1'

test('every number that is let through fits the narrowest label with its quiet zones', () => {
  const signs = fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCXYZ-')), minLength: 4, maxLength: 40 })
  const anyCarrier = carriers.find((carrier) => carrier.pattern === null)!
  fc.assert(
    fc.property(signs, (waybillNo) => {
      fc.pre(faultOfWaybill(anyCarrier, waybillNo) === null)
      const modules = code128(waybillNo).reduce((sum, width) => sum + width, 0)
      expect(moduleFor(modules, labelFormats['label-76x130'].width - 1)).toBeGreaterThanOrEqual(0.25)
    }),
  )
  const modules = code128(worst).reduce((sum, width) => sum + width, 0)
  expect(moduleFor(modules, labelFormats['label-76x130'].width - 1)).toBe(0.25)
})

describe.skipIf(lacksTools)(`a label${needs}`, () => {
  test.each(formats)('%s: a scanner reads each number back', async (format) => {
    const numbers = [
      '73512345678944',
      'SF1399000000017',
      'YT7700000000123',
      'JDVA00000000001-1-3-',
      'EA123456789CN',
      worst,
      '1'.repeat(40),
      '7777',
    ]
    const pdf = await drawLabels(numbers.map(numbered), format, printed)
    const wanted = numbers.map((number) => [number])
    expect(await readBarcodes(pdf)).toEqual(wanted)
    const { height, stub } = labelFormats[format]
    if (stub > 0) expect(await readBarcodes(pdf, height - 3 - stub)).toEqual(wanted)
  })

  test('carries receiver, sender, number, orders, goods, place, time and person', async () => {
    const [text = ''] = await readText(await drawLabels([parcel(2)], 'label-76x130', printed))
    const words = [
      '中通快递',
      '73512345670002',
      '林晓禾 13800004471',
      '溪边路 8 号',
      '木白家居 漳州主仓',
      'T00000002',
      '2605301234567890123',
      '木白旗舰店',
      'SKU-1 粗陶马克杯 苔绿 ×2',
      '货品 2 种 3 件',
      '2/3',
      '2026-11-11 12:00 陈小华',
    ]
    for (const word of words) expect(text).toContain(word)
    expect(text).not.toContain('重打')
    expect(text).not.toContain('平台')
  })

  test('printed again says so, and one whose receiver the platform hides says that', async () => {
    const [text = ''] = await readText(
      await drawLabels([parcel(1, { reprints: 2, isPlain: false })], 'label-76x130', printed),
    )
    expect(text).toContain('重打 2')
    expect(text).toContain('收件信息由平台隐藏')
  })

  test('is drawn with its own Chinese font, of which it holds the signs it uses', async () => {
    const pdf = await drawLabels([parcel(1)], 'label-76x130', printed)
    const fonts = await readFonts(pdf)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/NotoSansHans.*\byes yes\b/)
    expect(pdf.length).toBeLessThan(150_000)
  })

  test('of the same parcel at the same time is the same to the byte', async () => {
    const draw = () => drawLabels([parcel(1)], 'label-76x130', printed)
    expect((await draw()).equals(await draw())).toBe(true)
  })
})

describe.skipIf(lacksTools)(`rare and unknown signs${needs}`, () => {
  const drawn = async (text: string) => {
    const sheet = openSheet('试', printed.at)
    sheet.page(30, 30)
    sheet.text(text, { x: 2, y: 2, width: 26, height: 26, size: 40 })
    const pdf = await sheet.end()
    return { picture: (await pictures(pdf))[0]!.toString('base64'), text: (await readText(pdf)).join('').trim() }
  }

  test('鬱龘靐 are drawn as themselves: no two look alike, as empty boxes would', async () => {
    const signs = ['鬱', '龘', '靐', '喆', '〓', ' ']
    const seen = await Promise.all(signs.map(drawn))
    expect(new Set(seen.map((one) => one.picture)).size).toBe(signs.length)
    expect(seen.slice(0, 4).map((one) => one.text)).toEqual(signs.slice(0, 4))
  })

  test('what no font has becomes 〓, and what stands for nothing visible is left out', async () => {
    expect(typeface('plain').draws('𠮷'.codePointAt(0)!)).toBe(false)
    expect((await drawn('𠮷')).text).toBe('〓')
    expect((await drawn('😀')).text).toBe('〓')
    expect((await drawn('林\u200b\u0007晓')).text).toBe('林晓')
  })
})

describe.skipIf(lacksTools)(`long texts${needs}`, () => {
  const long = '新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县库兰萨日克乡'
  const longest = parcel(1, {
    carrierName: `${long}快递有限公司`,
    receiver: {
      name: `阿卜杜热西提·买买提明${'鬱龘靐'.repeat(10)}`,
      phone: '13800004471-123456',
      address: long.repeat(8),
    },
    masked: { name: `阿${'*'.repeat(40)}明`, phone: '138****4471', region: long },
    sender: { company: long, warehouse: long, region: long },
    orders: Array.from({ length: 12 }, (_, i) => ({
      orderNo: `T0000${i}`,
      channelOrderNo: '9'.repeat(40),
      shop: long,
    })),
    lines: Array.from({ length: 60 }, (_, i) => ({
      ...line(i),
      code: 'C'.repeat(60),
      name: long.repeat(3),
      specification: long,
    })),
    pieces: 60,
  })

  test.each(formats)('%s: nothing stands outside the frame', async (format) => {
    const words = await readWords(await drawLabels([longest], format, printed))
    expect(words.length).toBeGreaterThan(20)
    const edge = (2 * 72) / 25.4
    for (const word of words) {
      expect(word.left, word.text).toBeGreaterThanOrEqual(edge)
      expect(word.right, word.text).toBeLessThanOrEqual(word.pageWidth - edge + 0.5)
      expect(word.bottom, word.text).toBeLessThanOrEqual(word.pageHeight - edge + 0.5)
    }
  })

  test('on A4 go on over as many pages as they take, numbered', async () => {
    for (const pdf of [await drawPicking([longest], printed), await drawPacking([longest], printed)]) {
      const pages = await readText(pdf)
      expect(pages.length).toBeGreaterThan(2)
      for (const [i, text] of pages.entries()) {
        expect(text).toContain(`${i + 1}/${pages.length}`)
        expect(text).toContain('2026-11-11 12:00 陈小华')
      }
      for (const word of await readWords(pdf)) {
        expect(word.right, word.text).toBeLessThanOrEqual(word.pageWidth - 20)
        expect(word.bottom, word.text).toBeLessThanOrEqual(word.pageHeight - 20)
      }
    }
  })
})

describe.skipIf(lacksTools)(`lists${needs}`, () => {
  test('the picking list totals each SKU once and names the parcels in the order of their labels', async () => {
    const parcels = Array.from({ length: 30 }, (_, i) =>
      parcel(i + 1, { of: 30, lines: [line(i % 7, 2), line(50, 1)], pieces: 3 }),
    )
    const picking = (await readText(await drawPicking(parcels, printed))).join('\n')
    expect(picking).toContain('8 种 90 件')
    expect(picking.match(/^ *SKU-50 .* 30 /gm)).toHaveLength(1)
    const inList = picking.match(/7351234567\d{4}/g)
    const onLabels = (await readBarcodes(await drawLabels(parcels, 'label-76x130', printed))).flat()
    expect(inList).toEqual(onLabels)
    expect(picking).not.toMatch(/林晓禾|13800004471|溪边路/)
  })

  test('a packing list carries the parcel’s number as bars, its goods, and the receiver masked', async () => {
    const pdf = await drawPacking([parcel(1), parcel(2)], printed)
    expect(await readBarcodes(pdf)).toEqual([['P00000001'], ['P00000002']])
    const [first = ''] = await readText(pdf)
    for (const word of ['发货单', '木白旗舰店', '林*禾', '138****4471', 'T00000001', 'SKU-1', '合计 3 件', '1/2'])
      expect(first).toContain(word)
    expect(first).not.toMatch(/林晓禾|13800004471|溪边路/)
  })
})
