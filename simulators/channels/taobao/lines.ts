import type { Chance } from '../../aid/random.ts'
import { allocate } from './money.ts'
import type { Line, Sku } from './state.ts'

/** What goes into a basket. */
export interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly isGift: boolean
}

export interface LinesWish {
  readonly tid: string
  readonly picks: readonly Pick[]
  readonly dice: Chance
}

/** The lines of a new trade and its trade-level discount, each with its own promotion by chance, money exact to the fen. */
export function makeLines({ tid, picks, dice }: LinesWish): { readonly lines: Line[]; readonly discountFen: number } {
  const lines = picks.map((pick, place) => makeLine(pick, lineNo(tid, place, picks.length), dice))
  const worth = lines.reduce((all, line) => all + line.paidFen, 0)
  const wished = dice.happens(0.4) ? dice.pick([500, 1000, 333, 5000, 1]) : 0
  const discountFen = wished * 4 < worth ? wished : 0
  const shares = allocate(
    discountFen,
    lines.map(({ paidFen }) => paidFen),
  )
  return {
    discountFen,
    lines: lines.map((line, place) => ({ ...line, shareFen: shares[place]!, paidFen: line.paidFen - shares[place]! })),
  }
}

function makeLine({ sku, quantity, isGift }: Pick, oid: string, dice: Chance): Line {
  const priceFen = isGift ? 0 : sku.priceFen
  const worth = priceFen * quantity
  const discountFen = dice.happens(0.3) ? Math.floor((worth * dice.whole(5, 25)) / 100) : 0
  const adjustFen = dice.happens(0.08) ? 0 - Math.floor(worth / 50) : 0
  return {
    oid,
    itemNo: sku.item.itemNo,
    skuNo: sku.skuNo,
    outerItemCode: sku.item.outerCode,
    merchantCode: sku.merchantCode,
    title: sku.title,
    specification: sku.specification,
    category: sku.item.category,
    priceFen,
    quantity,
    discountFen,
    adjustFen,
    shareFen: 0,
    paidFen: worth - discountFen + adjustFen,
    isGift,
    isOversold: false,
    status: 'WAIT_BUYER_PAY',
    refundedFen: 0,
    shippedQuantity: 0,
    consignedAt: null,
    endedAt: null,
    refunds: [],
    parcels: [],
  }
}

/** With one line the line's number is the trade's; else they follow it. Source: taobao.md 7.2 [doc] and the fixtures. */
function lineNo(tid: string, place: number, lines: number): string {
  return lines === 1 ? tid : String(BigInt(tid) + BigInt(place + 1))
}
