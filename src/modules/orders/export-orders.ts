import type { z } from 'zod'
import type { exportOrders } from '../../contract/orders.ts'
import { maskName, maskPhone } from '../../core/address/mask.ts'
import { type Fen, yuanText } from '../../core/money/fen.ts'
import { stateFacts } from '../../core/order/moves.ts'
import { beijingDay, beijingText } from '../../core/time/instant.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { writeCsv, writeXlsx } from '../../platform/sheets/index.ts'
import { shopsById } from '../channels/index.ts'
import { audit } from '../security/index.ts'
import { readByIds } from './load-orders.ts'
import { selectedIds } from './preview-deed.ts'
import type { Loaded } from './work.ts'

const headers = [
  '订单号',
  '店铺',
  '平台单号',
  '状态',
  '下单时间',
  '付款时间',
  '发货期限',
  '收件人',
  '电话',
  '省',
  '市',
  '区',
  'SKU',
  '商品',
  '规格',
  '数量',
  '行实付',
  '订单实付',
  '运费',
  '币种',
  '买家留言',
  '卖家备注',
]
const chunk = 500

/** The orders of a selection as a sheet, a row a line (导出订单). Receivers are masked; who exported what is in the audit trail. */
export async function exportSheet(ctx: Ctx, asked: z.output<typeof exportOrders.input>): Promise<FileAnswer> {
  const ids = await selectedIds(ctx, asked.selection)
  const shops = await shopsById(ctx)
  const seesPeople = ctx.actor.permissions.has('personal.see')
  const rows: string[][] = []
  for (let at = 0; at < ids.length; at += chunk) {
    for (const one of await readByIds(ctx, ids.slice(at, at + chunk)))
      rows.push(...rowsOf(one, shops.get(one.stored.shopId)?.name ?? '', seesPeople))
  }
  await audit(ctx, {
    deed: 'orders.exported',
    object: 'orders',
    objectId: null,
    details: { orders: ids.length, format: asked.format },
  })
  const sheet = { fileName: `订单-${beijingDay(ctx.now())}.${asked.format}`, encoding: 'utf-8' as const, headers, rows }
  return asked.format === 'csv'
    ? { fileName: sheet.fileName, type: 'text/csv; charset=utf-8', bytes: writeCsv(sheet) }
    : {
        fileName: sheet.fileName,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await writeXlsx(sheet),
      }
}

function rowsOf({ stored, person, lines }: Loaded, shop: string, seesPeople: boolean): string[][] {
  const time = (at: number | null) => (at === null ? '' : beijingText(at))
  const yuan = (amount: number) => yuanText(amount as Fen)
  const { receiver } = person
  const who = seesPeople ? [maskName(receiver.name), maskPhone(receiver.phone)] : ['', '']
  const words = seesPeople ? [person.buyerNote ?? '', person.sellerRemark ?? ''] : ['', '']
  return lines.map((line, i) => [
    stored.orderNo,
    shop,
    stored.channelOrderNo,
    stateFacts[stored.state].zh,
    time(stored.createdAt),
    time(stored.paidAt),
    time(stored.shipBy),
    ...who,
    stored.province,
    stored.city,
    stored.district,
    line.skuCode ?? line.merchantCode ?? '',
    line.title,
    line.specification,
    String(line.quantity),
    yuan(line.paidFen),
    i === 0 ? yuan(stored.paidFen) : '',
    i === 0 ? yuan(stored.freightFen) : '',
    stored.currency,
    ...words,
  ])
}
