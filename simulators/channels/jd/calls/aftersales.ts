import { maskedPhone } from '../buyers.ts'
import { type BusinessError, badParameter, reject } from '../errors.ts'
import { fullAddress } from '../places.ts'
import { serviceStatuses } from '../servicing.ts'
import type { Service } from '../state.ts'
import { type Branch, readTime, timeText, yuanNumber } from '../text.ts'
import { seller } from '../tokens.ts'
import {
  type Call,
  disturbed,
  flag,
  looseNumber,
  type Operations,
  optional,
  reads,
  required,
  wholeArgument,
} from './call.ts'

/** Service orders after shipping, which can only be read: jd.md 10.2. */
export const aftersalesCalls: Operations = {
  'jingdong.asc.query.list': reads(listServices, serviceFails),
  'jingdong.asc.serviceAndRefund.view': reads(viewRefunds, serviceFails),
}

/** The code of a refusal is [assumed]. */
function serviceFails({ chinese, number }: BusinessError, call: Call): Branch {
  return { pageResult: { success: flag(call, false), code: String(number), msg: chinese } }
}

const dayMs = 86_400_000

/** By the latest change, latest last [assumed]. */
function listServices(call: Call): Branch {
  for (const name of ['operatePin', 'operateNick']) required(call, name)
  if (required(call, 'buId') !== String(seller.venderId)) throw reject(badParameter('buId不正确'))
  const filter = serviceFilter(call)
  const { servicesByModified } = call.world
  const updated = spanOf(call, 'updateTime', null)
  const [low, high] = servicesByModified.span(updated.from, updated.to + 999)
  const found = Array.from({ length: Math.max(0, high - low) }, (_, place) => servicesByModified.at(low + place))
  return pageResult(call, { found: found.filter(filter), mostRows: 100, row: serviceRow })
}

function serviceFilter(call: Call): (service: Service) => boolean {
  const wanted = ['serviceId', 'orderId', 'orderType', 'serviceStatus', 'processResult'].map((name) =>
    optional(call, name),
  )
  const [serviceId, orderId, orderType, status, processResult] = wanted
  const within = timeFilter(call, null)
  return (service) =>
    (serviceId ?? String(service.serviceId)) === String(service.serviceId) &&
    (orderId ?? service.order.orderId) === service.order.orderId &&
    (orderType ?? '22') === '22' &&
    (status ?? String(service.status)) === String(service.status) &&
    (processResult ?? String(service.processResult)) === String(service.processResult) &&
    within(service)
}

interface Longest {
  readonly apply: number
  readonly approve: number
}

function timeFilter(call: Call, longest: Longest | null): (service: Service) => boolean {
  const applied = spanOf(call, 'applyTime', longest?.apply ?? null)
  const approved = spanOf(call, 'approveTime', longest?.approve ?? null)
  const finished = spanOf(call, 'finishTime', null)
  const isIn = (at: number | null, { from, to, isGiven }: Span) => !isGiven || (at !== null && at >= from && at <= to)
  return ({ createdAt, approvedAt, refund }) =>
    isIn(createdAt, applied) && isIn(approvedAt, approved) && isIn(refund?.at ?? null, finished)
}

interface Span {
  readonly from: number
  readonly to: number
  readonly isGiven: boolean
}

/** Times come as text or in milliseconds. */
function spanOf(call: Call, name: string, longestMs: number | null): Span {
  const [from, to] = [`${name}Begin`, `${name}End`].map((each) => momentOf(call, each))
  const span = { from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER - 1000 }
  if (span.from > span.to) throw reject(badParameter(`${name}Begin不能大于${name}End`))
  const isGiven = from !== undefined || to !== undefined
  if (isGiven && longestMs !== null && span.to - span.from > longestMs)
    throw reject(badParameter(`${name}时间跨度不能超过${longestMs / dayMs}天`))
  return { ...span, isGiven }
}

function momentOf(call: Call, name: string): number | undefined {
  const text = optional(call, name)
  if (text === undefined) return undefined
  const ms = /^\d{13}$/.test(text) ? Number(text) : readTime(text)
  if (ms === null) throw reject(badParameter(`${name}格式不正确`))
  return ms
}

/** Refunds that were paid out. */
function viewRefunds(call: Call): Branch {
  const orderId = optional(call, 'order_id')
  const within = timeFilter(call, { apply: 7 * dayMs, approve: 10 * dayMs })
  const all =
    orderId === undefined ? [...call.world.services.values()] : (call.world.orders.get(orderId)?.services ?? [])
  const found = all.filter((service) => service.refund !== null && within(service))
  return pageResult(call, { found, mostRows: 50, row: refundRow })
}

interface Found {
  readonly found: readonly Service[]
  readonly mostRows: number
  readonly row: (service: Service) => Branch
}

function pageResult(call: Call, { found, mostRows, row }: Found): Branch {
  const page = wholeArgument(call, 'pageNumber', { least: 1, most: 1_000_000, otherwise: 1 })
  const size = wholeArgument(call, 'pageSize', { least: 1, most: mostRows, otherwise: 10 })
  const rows = disturbed(call, found.slice((page - 1) * size, page * size))
  return {
    pageResult: {
      success: flag(call, true),
      code: '00000',
      msg: '',
      totalCount: looseNumber(call, found.length),
      pageNumber: looseNumber(call, page),
      pageSize: looseNumber(call, size),
      data: rows.map(row),
    },
  }
}

const approveNames: Readonly<Record<number, string>> = { 33: '客户发货', 34: '闪电退款', 91: '仅退款' }
const processNames: Readonly<Record<number, string>> = { 70: '退款', 80: '换新', 100: '补偿' }

function serviceRow(service: Service): Branch {
  const { order, line, expect, status, approveResult, approvedAt, processResult } = service
  const approval: Branch =
    approvedAt === null
      ? {}
      : {
          approvePin: 'kefu01',
          approveName: '客服小禾',
          approveTime: approvedAt,
          approveResult: approveResult ?? undefined,
          approveResultName: approveResult === null ? undefined : (approveNames[approveResult] ?? ''),
        }
  return {
    applyId: service.applyId,
    serviceId: service.serviceId,
    orderId: Number(order.orderId),
    applyTime: timeText(service.createdAt),
    customerExpect: expect,
    customerExpectName: expect === 10 ? '退货' : '仅退款',
    serviceStatus: status,
    serviceStatusName: serviceStatuses[status] ?? '',
    customerPin: order.buyer.pin,
    customerName: order.receiver.name,
    customerTel: maskedPhone(order.receiver.phone),
    pickwareType: 40,
    pickwareAddress: fullAddress(order.receiver),
    orderType: 22,
    orderTypeName: 'POPSOP',
    actualPayPrice: yuanNumber(line.paidFen),
    skuId: Number(line.skuId),
    wareType: 10,
    wareTypeName: '主商品',
    wareName: line.name,
    skuType: 1,
    skuTypeName: '单品',
    ...approval,
    processResult,
    processResultName: processNames[processResult],
    serviceCount: 1,
    platformSrc: 106,
    platformSrcName: '手机客户端',
    updateDate: timeText(service.modifiedAt),
  }
}

/** That `refoundAmount` is in yuan is [assumed] by jd.md 10.2. */
function refundRow({ serviceId, applyId, order, line, refund, ...service }: Service): Branch {
  return {
    afsRefundId: refund?.id,
    refoundAmount: yuanNumber(service.amountFen),
    status: 13,
    completeTime: refund?.at,
    sameOrderServiceBill: {
      serviceId,
      afsApplyId: applyId,
      orderId: Number(order.orderId),
      wareId: Number(line.skuId),
      wareName: line.name,
      afsApplyTime: service.createdAt,
      approveDate: service.approvedAt,
      approveName: '客服小禾',
      approveNotes: '同意退款',
      questionDesc: service.reason,
      applyReason: service.reason,
      customerPin: order.buyer.pin,
    },
  }
}
