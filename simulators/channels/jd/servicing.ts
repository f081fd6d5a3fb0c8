import { remainingOf } from './refunding.ts'
import type { Line, Order, Service } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** Statuses in which nothing more happens: review closed, completed, cancelled. Source: jd.md 10.2. */
const closedStatuses: ReadonlySet<number> = new Set([10_004, 10_010, 10_011])

/** Source: jd.md 10.2 [sdk]; names that are not in the fixtures are translated. */
export const serviceStatuses: Readonly<Record<number, string>> = {
  10000: '待申领',
  10001: '待审核',
  10002: '待客户反馈',
  10004: '审核关闭',
  10005: '待收货',
  10006: '待处理申领',
  10007: '待处理',
  10009: '待用户确认',
  10010: '完成',
  10011: '取消',
  10012: '客户已反馈',
  10013: '待审核或反馈',
  10041: '提交退款申请',
  1100: '待维修',
  12000: '上门服务',
  13000: '上门服务中',
  14000: '上门服务完成',
}

export function isOpenService({ status }: Service): boolean {
  return !closedStatuses.has(status)
}

export interface ServiceWish {
  readonly line: Line
  readonly amountFen: number
}

/** The buyer wants goods or money back after shipping. A line asked for in full comes back, a part of its money does not. */
export function openService(world: World, order: Order, { line, amountFen }: ServiceWish): Service {
  const number = world.services.size + 1
  const isReturn = amountFen >= remainingOf(line)
  const now = secondNow(world)
  const service: Service = {
    serviceId: 2_440_000_000 + number,
    applyId: 1_870_000_000 + number,
    order,
    line,
    createdAt: now,
    expect: isReturn ? 10 : 11,
    reason: isReturn ? '不喜欢' : '商品有瑕疵',
    amountFen,
    status: 10_001,
    processResult: 0,
    approveResult: null,
    approvedAt: null,
    modifiedAt: now,
    refund: null,
  }
  order.services.push(service)
  world.services.set(service.serviceId, service)
  world.servicesByModified.add(service)
  touch(world, order)
  return service
}

export interface ServiceStep {
  readonly status: number
  readonly processResult?: number
  readonly approveResult?: number
}

/** The service order moves on. Completed by a refund it pays the buyer back: jd.md 10.2 [rule]. Its order changes with it [assumed]. */
export function moveService(world: World, service: Service, step: ServiceStep): void {
  world.servicesByModified.remove(service)
  const now = secondNow(world)
  service.status = step.status
  service.processResult = step.processResult ?? service.processResult
  service.approveResult = step.approveResult ?? service.approveResult
  service.modifiedAt = now
  if (![10_000, 10_001, 10_011].includes(step.status)) service.approvedAt ??= now
  const isRefund = service.processResult === 70 || service.approveResult === 34 || service.approveResult === 91
  if (step.status === 10_010 && isRefund && service.refund === null) payBack(service, now)
  world.servicesByModified.add(service)
  touch(world, service.order)
}

function payBack(service: Service, at: number): void {
  service.line.refundedFen += service.amountFen
  service.refund = { id: 990_000_000 + (service.serviceId % 10_000_000), at }
}

/** Completed with the money back, in the way of its kind. */
export function completeService(world: World, service: Service): void {
  const how = service.expect === 10 ? { processResult: 70, approveResult: 33 } : { approveResult: 91 }
  moveService(world, service, { status: 10_010, ...how })
}

/** The next thing that happens: it is approved, then the goods have arrived. */
export function nextStep(world: World, service: Service): void {
  if (service.status === 10_001) moveService(world, service, { status: 10_005, approveResult: 33 })
  else moveService(world, service, { status: 10_007 })
}
