import { chance } from '../../aid/random.ts'
import { sumsOf } from './money.ts'
import { cancel } from './placing.ts'
import { type Application, type ApplicationStatus, type Line, type Order, waitingStates } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** Whether an application waits for somebody: jd.md 10.1. */
const openStatuses: ReadonlySet<ApplicationStatus> = new Set<ApplicationStatus>([0, 1, 5, 6, 7, 10])
const paidStatuses: ReadonlySet<ApplicationStatus> = new Set<ApplicationStatus>([3, 9])

export function isOpen({ status }: Application): boolean {
  return openStatuses.has(status)
}

export function isPaidBack({ status }: Application): boolean {
  return paidStatuses.has(status)
}

/** What the buyer has paid: nothing yet, nothing for a split parent. */
export function paidOf(order: Order): number {
  const isPaid = order.paidAt !== null && order.state !== 'PARENT_TRADE_CANCELED'
  return isPaid ? sumsOf(order).paid : 0
}

/** What went back to the buyer, before shipping and after. */
export function refundedOf({ applications, services }: Order): number {
  const before = applications.filter(isPaidBack).reduce((all, { amountFen }) => all + amountFen, 0)
  return services.reduce((all, { refund, amountFen }) => all + (refund === null ? 0 : amountFen), before)
}

/** What is still the seller's of a line. */
export function remainingOf(line: Line): number {
  return Math.max(0, line.paidFen - line.refundedFen)
}

/** The most a refund may be: of the whole order, or of one line, with which the freight goes once nothing else is left. */
function mostRefundable(order: Order, line: Line | undefined): number {
  const whole = paidOf(order) - refundedOf(order)
  const isLast = order.lines.every((other) => other === line || remainingOf(other) === 0)
  return line === undefined || isLast ? whole : remainingOf(line)
}

export interface ApplicationWish {
  /** Undefined: the whole order. */
  readonly line: Line | undefined
  readonly amountFen: number | undefined
}

/** The buyer asks for money before shipping, and the order is locked. Null where that cannot be. Source: jd.md 15.6. */
export function openApplication(world: World, order: Order, { line, amountFen }: ApplicationWish): Application | null {
  const most = mostRefundable(order, line)
  const amount = Math.min(amountFen ?? most, most)
  if (!waitingStates.has(order.state) || amount <= 0 || order.applications.some(isOpen)) return null
  const number = world.applications.size + 1
  const dice = chance(`${world.seed}:refund:${number}`)
  const now = secondNow(world)
  const application: Application = {
    id: 24_800_000_000 + number,
    order,
    createdAt: now,
    amountFen: amount,
    shares: sharesOf(line === undefined ? order.lines : [line], amount),
    reason: dice.pick(['不想要了', '发货时间问题', '地址填写错误', '商品降价']),
    systemId: dice.pick([28, 28, 11, 10, 98]),
    isPart: amount < paidOf(order),
    stateBefore: order.state,
    status: 0,
    modifiedAt: now,
    checkedAt: null,
    checkUser: '',
    checkRemark: '',
  }
  order.applications.push(application)
  world.applications.set(application.id, application)
  world.applicationsByApply.add(application)
  order.state = 'LOCKED'
  touch(world, order)
  return application
}

/** Spends an amount from the first line on; what no line can take is freight. */
function sharesOf(lines: readonly Line[], amountFen: number): Application['shares'] {
  let left = amountFen
  return lines.flatMap((line) => {
    const fen = Math.min(left, remainingOf(line))
    left -= fen
    return fen > 0 ? [{ line, fen }] : []
  })
}

export interface Check {
  readonly status: ApplicationStatus
  readonly user: string
  readonly remark: string
}

/**
 * Somebody decides. Money that goes back in full cancels the order; in part, or not at all, the order waits again as before: that a
 * part does not cancel is [assumed], jd.md 15.6.
 */
export function check(world: World, application: Application, { status, user, remark }: Check): void {
  const { order } = application
  const wasPaid = isPaidBack(application)
  application.status = status
  application.checkUser = user
  application.checkRemark = remark
  application.modifiedAt = secondNow(world)
  if (application.checkedAt !== null) world.applicationsByCheck.remove(application)
  application.checkedAt = application.modifiedAt
  world.applicationsByCheck.add(application)

  if (isPaidBack(application) && !wasPaid) for (const { line, fen } of application.shares) line.refundedFen += fen
  if (isOpen(application) && waitingStates.has(order.state)) order.state = 'LOCKED'
  if (!order.applications.some(isOpen) && order.state === 'LOCKED') {
    order.state = application.stateBefore
    if (isPaidBack(application) && refundedOf(order) >= paidOf(order)) cancel(world, order)
  }
  touch(world, order)
}

/** The seller agrees; unless finance is slow the money goes back with it. */
export function agree(world: World, application: Application, by: Omit<Check, 'status'>): void {
  check(world, application, { ...by, status: world.settings.financeIsSlow ? 1 : 3 })
}
