import { numberOf } from '../../../aid/random.ts'
import { placeFields } from '../buyers.ts'
import { decrypt, encrypt, mask, type Opened, type SecretType, searchIndex } from '../cipher.ts'
import { decryptQuotaUsed, notFound, refuse } from '../errors.ts'
import type { Order } from '../state.ts'
import type { World } from '../world.ts'
import { type Call, type Operations, type Params, reads, rowsArgument, textArgument, textOf, wrong } from './call.ts'

/** Receivers and their secrets: xiaohongshu.md 8 [doc]. */
export const receiverCalls: Operations = {
  'order.getOrderReceiverInfo': reads(receiverInfos),
  'data.batchDecrypt': reads(decryptAll),
  'data.batchDesensitise': reads(maskAll),
  'data.batchIndex': reads((call) => ({
    indexInfoList: rowsArgument(call, 'indexBaseInfoList', mostSecrets).map((row) => {
      const plainText = textOf(row, 'plainText')
      return { plainText, searchIndex: searchIndex(typeOf(row), plainText) }
    }),
  })),
}

const mostSecrets = 100
/** What a single text that is not ours is answered with [assumed]. */
const unknownSecret = { errorCode: -2000400, errorMsg: '密文不合法' }

/** An order that does not wait to be shipped has no receiver to give and is answered like one that moved [assumed]. */
function receiverInfos(call: Call) {
  if (typeof call.params.isReturn !== 'boolean') return wrong('isReturn')
  const receiverInfos = rowsArgument(call, 'receiverQueries', mostSecrets).map((row) => {
    const order = call.world.orders.get(textOf(row, 'orderId'))
    if (order === undefined) throw refuse(notFound)
    const isKnown = textOf(row, 'openAddressId') === order.openAddressId
    const isWaiting = order.status === 4 || order.status === 5
    return isKnown && isWaiting ? receiverInfo(order) : { orderId: order.orderId, matched: false }
  })
  return { receiverInfos }
}

function receiverInfo({ orderId, receiver }: Order) {
  return {
    orderId,
    matched: true,
    ...placeFields(receiver),
    receiverTownName: receiver.town,
    receiverName: encrypt(2, receiver.name),
    receiverPhone: encrypt(3, receiver.phone),
    receiverAddress: encrypt(1, receiver.address),
  }
}

/** Asks as decryption does, and uses none of it up. */
function maskAll(call: Call) {
  checkPurpose(call)
  return {
    desensitiseInfoList: secretsOf(call).map(({ row, opened }) =>
      opened === null ? { ...row, ...unknownSecret } : { ...row, desensitisedData: mask(opened) },
    ),
  }
}

function checkPurpose(call: Call): void {
  if (!['1', '2', '3', '4'].includes(textArgument(call, 'actionType'))) wrong('actionType')
  textArgument(call, 'appUserId')
}

function decryptAll(call: Call) {
  const { world, operation } = call
  checkPurpose(call)
  const isUsedUp = world.faults.strikes('quota', operation)
  return {
    dataInfoList: secretsOf(call).map(({ row, opened }) => {
      if (opened === null) return { ...row, ...unknownSecret, virtualNumberFlag: false }
      if (isUsedUp || !takeOne(world)) {
        const { code, message } = decryptQuotaUsed
        return { ...row, errorCode: code, errorMsg: message, virtualNumberFlag: false }
      }
      return { ...row, ...plainOf(world, opened) }
    }),
  }
}

const virtualDays = 30

/** A share of phones is shown by a virtual number with an extension. */
function plainOf({ settings, clock }: World, { type, plain }: Opened) {
  const mark = numberOf(plain)
  if (type !== 3 || mark % 1000 >= settings.virtualNumberShare * 1000)
    return { decryptedData: plain, virtualNumberFlag: false }
  const virtualPhoneNumber = '18400000000'
  const virtualExtendNumber = String(1000 + (mark % 9000))
  const virtualNumber = `${virtualPhoneNumber}-${virtualExtendNumber}`
  return {
    decryptedData: virtualNumber,
    virtualNumberFlag: true,
    virtualNumber,
    virtualPhoneNumber,
    virtualExtendNumber,
    expireAt: clock.now() + virtualDays * 86_400_000,
  }
}

interface Secret {
  readonly row: { readonly dataTag: string; readonly encryptedData: string }
  /** Null: not one of our ciphertexts, or of no order of this shop. */
  readonly opened: Opened | null
}

function secretsOf(call: Call): readonly Secret[] {
  const { orders, cases } = call.world
  return rowsArgument(call, 'baseInfos', mostSecrets).map((given) => {
    const row = { dataTag: textOf(given, 'dataTag'), encryptedData: textOf(given, 'encryptedData') }
    const isOurs = orders.has(row.dataTag) || cases.has(row.dataTag)
    return { row, opened: isOurs ? decrypt(row.encryptedData) : null }
  })
}

/** Counts one text of the app's day in Beijing. False: the day's texts are used up. */
function takeOne(world: World): boolean {
  const day = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const count = world.decrypted.day === day ? world.decrypted.count : 0
  if (count >= world.settings.decryptsPerDay) return false
  world.decrypted = { day, count: count + 1 }
  return true
}

/** A number, or the same as text [assumed]: the sheet does not say which. */
function typeOf(row: Params): SecretType {
  const type = Number(row.type)
  return type === 1 || type === 2 || type === 3 || type === 4 ? type : wrong('type')
}
