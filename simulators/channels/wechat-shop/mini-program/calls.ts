import { type Branch, type Call, type Operation, type Operations, textOf } from '../calls/call.ts'
import { refuse } from '../errors.ts'
import { miniCarriers } from './carriers.ts'
import { isMiniApp, listPayments, paymentFields, paymentOf } from './payments.ts'
import { upload, uploadCombined } from './upload.ts'

const reads = (run: Operation['run']): Operation => ({ method: 'POST', app: 'mini-program', isWrite: false, run })
const writes = (run: Operation['run']): Operation => ({ ...reads(run), isWrite: true })

/** The merchant's own mini-program reports what it ships. Source: wechat-shop.md 12. */
export const miniProgramCalls: Operations = {
  'wxa/sec/order/is_trade_managed': reads((call) => ({ is_trade_managed: isMiniApp(call) })),
  'wxa/sec/order/is_trade_management_confirmation_completed': reads((call) => ({ completed: isMiniApp(call) })),
  'wxa/sec/order/get_order': reads((call) => ({ order: paymentFields(paymentOf(call, call.body)) })),
  'wxa/sec/order/get_order_list': reads(listPayments),
  'wxa/sec/order/upload_shipping_info': writes(upload),
  'wxa/sec/order/upload_combined_shipping_info': writes(uploadCombined),
  'wxa/sec/order/notify_confirm_receive': writes(remind),
  'wxa/sec/order/set_msg_jump_path': writes(setJumpPath),
  // Special cases (presales, test payments) are taken and change nothing.
  'wxa/sec/order/opspecialorder': writes(() => ({})),
  'cgi-bin/express/delivery/open_msg/get_delivery_list': reads(carrierList),
}

function carrierList(): Branch {
  const delivery_list = Object.entries(miniCarriers).map(([delivery_id, delivery_name]) => {
    return { delivery_id, delivery_name }
  })
  return { delivery_list, count: delivery_list.length }
}

const notShippable = 10060004
const doneAlready = 10060002

/** The buyer is asked to confirm: once, and after all was shipped. */
function remind(call: Call): Branch {
  const payment = paymentOf(call, call.body)
  if (payment.state !== 2) throw refuse(notShippable)
  if (payment.wasReminded) throw refuse(doneAlready)
  if (!call.pretend) payment.wasReminded = true
  return {}
}

function setJumpPath({ world, body, pretend }: Call): Branch {
  const path = textOf(body, 'path')
  if (!pretend) world.miniProgram.jumpPath = path
  return {}
}
