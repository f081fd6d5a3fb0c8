import { refuse } from '../errors.ts'
import { extInfo, tellExtInfo } from '../events.ts'
import { plainFields, virtualFields } from '../order-fields.ts'
import { changingLine, decideAddress, decideSku } from '../requests.ts'
import type { Order } from '../state.ts'
import { dayOf, seconds, touch } from '../world.ts'
import {
  type Branch,
  type Call,
  type Operations,
  objectOf,
  optionalText,
  orderIn,
  reads,
  textOf,
  wholeOf,
  writes,
} from './call.ts'

/**
 * Receivers in plain text, virtual numbers, and what is settled with the buyer before shipping. Source: wechat-shop.md
 * 6.
 */
export const receiverCalls: Operations = {
  'order/sensitiveinfo/decode': reads(decode),
  'order/virtualtelnumber/get': reads((call) => virtualNumber(call)),
  'order/virtualnumber/applyagain': writes((call) => ({ ...virtualNumber(call), apply_quota: 9 })),
  'order/virtualnumber/delay': writes(delay),
  'order/realnumber/apply': writes(applyForRealNumber),
  'order/addressmodify/accept': writes((call) => answerAddress(call, true)),
  'order/addressmodify/reject': writes((call) => answerAddress(call, false)),
  'order/address/update': writes(proposeAddress),
  'order/preshipmentchangesku/get': reads(skuChange),
  'order/preshipmentchangesku/approve': writes((call) => answerSku(call, true)),
  'order/preshipmentchangesku/reject': writes((call) => answerSku(call, false)),
}

const quotaUsed = 45009
const statusRefused = 101100

/** Each reading is counted; beyond the day's free ones the platform's own waybills must do. */
function decode(call: Call): Branch {
  const { world } = call
  const order = orderIn(call)
  const day = dayOf(world.clock.now())
  const count = world.decodes.day === day ? world.decodes.count : 0
  if (count >= world.settings.decodesPerDay) throw refuse(quotaUsed)
  world.decodes = { day, count: count + 1 }
  return plainFields(order)
}

/** An order without a virtual number is refused as one of another state [assumed]. */
function withVirtualNumber(call: Call): Order {
  const order = orderIn(call)
  if (!order.hasVirtualNumber) throw refuse(statusRefused)
  return order
}

function virtualNumber(call: Call): Branch {
  const { virtual_number, extension } = virtualFields(withVirtualNumber(call))
  return { virtual_number, extension }
}

const delayMs = 7 * 86_400_000
const mostDelays = 3

/** Three delays of a week each [assumed]; the caller says how many it has had. */
function delay(call: Call): Branch {
  const order = withVirtualNumber(call)
  const had = wholeOf(call.body, 'has_delay_times', { least: 0, most: mostDelays })
  if (had !== order.virtualDelays || had === mostDelays) throw refuse(statusRefused)
  if (!call.pretend) {
    order.virtualDelays += 1
    order.virtualUntil += delayMs
    touch(call.world, order)
    tellExtInfo(call.world, order, extInfo.virtualNumber)
  }
  return { expiration: seconds(order.virtualUntil), available_extend_num: mostDelays - order.virtualDelays }
}

function applyForRealNumber(call: Call): Branch {
  const order = withVirtualNumber(call)
  wholeOf(call.body, 'apply_type', { least: 0, most: 100 })
  textOf(call.body, 'apply_reason')
  if (!call.pretend) {
    touch(call.world, order)
    tellExtInfo(call.world, order, extInfo.realNumber)
  }
  return { task_id: String(70_000 + order.sequence) }
}

function answerAddress(call: Call, agrees: boolean): Branch {
  const order = orderIn(call)
  if (order.addressWish === null) throw refuse(statusRefused)
  if (!call.pretend) decideAddress(call.world, order, agrees)
  return {}
}

/** Before shipping only; nothing changes until the buyer agrees. */
function proposeAddress(call: Call): Branch {
  const order = orderIn(call)
  if (order.status !== 20) throw refuse(statusRefused)
  const address = objectOf(call.body, 'user_address')
  const offer = {
    name: textOf(address, 'user_name'),
    phone: textOf(address, 'tel_number'),
    province: textOf(address, 'province_name'),
    city: textOf(address, 'city_name'),
    district: optionalText(address, 'county_name'),
    address: textOf(address, 'detail_info'),
  }
  if (!call.pretend) order.addressOffer = offer
  return {}
}

/** The shape of the answer is [assumed] after the line's `change_sku_info`. */
function skuChange(call: Call): Branch {
  const line = changingLine(orderIn(call))
  if (line?.skuChange == null) return { change_sku_info: null }
  const { oldSkuId, newSku, until, state } = line.skuChange
  return {
    change_sku_info: {
      preshipment_change_sku_state: state,
      old_sku_id: oldSkuId,
      new_sku_id: newSku.skuId,
      ddl_time_stamp: seconds(until),
    },
  }
}

function answerSku(call: Call, agrees: boolean): Branch {
  const order = orderIn(call)
  if (changingLine(order) === undefined) throw refuse(statusRefused)
  if (!call.pretend) decideSku(call.world, order, agrees)
  return {}
}
