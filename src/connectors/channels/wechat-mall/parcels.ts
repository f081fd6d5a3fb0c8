import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import { carriers } from './carriers.ts'
import type { WechatMallAccount, WechatMallCredentials } from './manifest.ts'
import { alreadyDone, refused } from './nonsense.ts'
import { isUnknown, type Parcel, type Payment, readPayment } from './payment.ts'

type Operations = ChannelOperations<WechatMallCredentials>

/** The waybill numbers that WeChat has for an order; none where it does not know the payment. */
export const findParcels: Operations['shipments.find'] = async (account, orderNo) => {
  try {
    const { parcels } = await readPayment(account, { operation: 'shipments.find', orderNo, since: null })
    return parcels.map(({ tracking_no }) => tracking_no)
  } catch (error) {
    if (isUnknown(error)) return []
    throw error
  }
}

/**
 * Tells WeChat of one parcel. The payment is read first: a report needs its payer, and what is told after everything was told would use up
 * the one correction and wipe the parcels before it. A number that is there throws CHANNEL_ALREADY_DONE. Source: wechat-shop.md 12 [doc].
 */
export const tellParcel: Operations['shipments.report'] = async (account, report) => {
  const operation = 'shipments.report'
  const row = parcelRow(account, report)
  const payment = await beforeWrite(() =>
    readPayment(account, { operation, orderNo: report.channelOrderNo, since: report.shippedAt }),
  )
  if (withNumber(payment, report.waybillNo)) throw alreadyDone('微信已有这个运单号')
  if (payment.isFinished) throw refused('微信那边已全部发货，不能再加包裹；请在微信公众平台核对')
  const isLast = report.completesOrder ?? report.isWholeOrder
  const isOnly = report.isWholeOrder && payment.parcels.length === 0
  await upload(account, payment, {
    operation,
    mode: isOnly ? { delivery_mode: unified } : { delivery_mode: inParts, is_all_delivered: isLast },
    rows: [{ ...row, item_desc: wordsOf(payment) }],
  })
}

/**
 * Corrects a number or carrier. WeChat takes one correction, after everything was told, and it names all parcels anew. Throws
 * CHANNEL_REFUSED before that. Source: wechat-shop.md 12 [doc].
 */
export const tellCorrection: Operations['shipments.change'] = async (account, change) => {
  const operation = 'shipments.change'
  const row = { ...parcelRow(account, change) }
  const payment = await beforeWrite(() =>
    readPayment(account, { operation, orderNo: change.channelOrderNo, since: change.shippedAt }),
  )
  const former = withNumber(payment, change.formerWaybillNo)
  if (former === undefined)
    throw withNumber(payment, change.waybillNo)
      ? alreadyDone('微信已有这个运单号')
      : refused('微信那边没有原来的运单号')
  if (!payment.isFinished) throw refused('微信只在全部发货以后接受一次更正，请发完其余商品再改')
  const rows = payment.parcels.map((parcel) =>
    parcel === former ? { ...row, item_desc: wordsOf(payment) } : rowAgain(account, parcel),
  )
  const isOnly = rows.length === 1
  await upload(account, payment, {
    operation,
    mode: isOnly ? { delivery_mode: unified } : { delivery_mode: inParts, is_all_delivered: true },
    rows,
  })
}

/** By express. The other kinds (same city, virtual, pick-up) are not parcels. */
const byExpress = 1
const unified = 1
const inParts = 2
const longestWords = 120

function withNumber({ parcels }: Payment, waybillNo: string): Parcel | undefined {
  return parcels.find(({ tracking_no }) => plainWaybillNo(tracking_no) === plainWaybillNo(waybillNo))
}

/** Throws CHANNEL_REFUSED for a carrier that WeChat does not know, and for SF without a telephone; nothing was sent then. */
function parcelRow(account: WechatMallAccount, report: Pick<ShipmentReport, 'carrier' | 'carrierName' | 'waybillNo'>) {
  const code = carriers.codeFor(report)
  if (code === null) throw refused(`微信的发货信息管理里没有“${report.carrierName}”，请在微信公众平台录入`)
  return { tracking_no: report.waybillNo, express_company: code, ...contactFor(account, code) }
}

const rowAgain = (account: WechatMallAccount, { tracking_no, express_company, goods_desc }: Parcel): Fields => ({
  tracking_no,
  express_company,
  item_desc: cut(goods_desc ?? '') || '商品',
  ...contactFor(account, express_company ?? ''),
})

/** Parcels of SF go with a telephone of which all but the last four digits are hidden. */
function contactFor({ credentials }: WechatMallAccount, code: string): Fields {
  if (code !== 'SF') return {}
  const digits = credentials.senderPhone?.slice(-4)
  if (digits === undefined) throw refused('顺丰的包裹要带寄件电话后四位，请在店铺的密钥里填写“寄件电话”')
  return { contact: { consignor_contact: `*******${digits}` } }
}

const cut = (text: string) => [...text].slice(0, longestWords).join('')
/** What is in a parcel is not told by a report, so the words of the payment stand for it. */
const wordsOf = ({ description }: Payment) => cut(description) || '商品'

interface Upload {
  readonly operation: string
  readonly mode: Fields
  readonly rows: readonly Fields[]
}

async function upload(account: WechatMallAccount, payment: Payment, { operation, mode, rows }: Upload): Promise<void> {
  await call(account, {
    operation,
    path: '/wxa/sec/order/upload_shipping_info',
    isWrite: true,
    body: {
      order_key: { order_number_type: 2, transaction_id: payment.transactionId },
      logistics_type: byExpress,
      ...mode,
      shipping_list: rows,
      // It must be later than the last one; whole seconds are what the answer tells of that.
      upload_time: beijingText(Math.max(account.now(), payment.toldAt + 1_000)),
      payer: { openid: payment.openid },
    },
  })
}

/** RFC 3339 in Beijing time, such as `2026-01-01T10:30:00.000+08:00`. */
const beijingText = (at: number) => new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00')

/** Silence while the payment is read is told like silence of the write: whoever hears CHANNEL_UNCLEAR looks before telling again. */
async function beforeWrite<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    const isSilence = error instanceof Failure && ['CHANNEL_UNREACHABLE', 'CHANNEL_NONSENSE'].includes(error.code)
    throw isSilence ? new Failure('CHANNEL_UNCLEAR', error.details, error) : error
  }
}
