import { numberOf } from '../../../aid/random.ts'
import { decrypt, mask, type Opened } from '../cipher.ts'
import type { Branch } from '../text.ts'
import type { World } from '../world.ts'
import { beyond, type Call, type Operation, type Operations, type Outcome, rowsArgument, textOf } from './call.ts'

/** Receivers: douyin.md 4 [doc]. */
export const receiverCalls: Operations = {
  'order.batchDecrypt': decryption(({ settings, clock }, opened) =>
    plainOf(settings.virtualNumberShare, opened, clock),
  ),
  'order.batchSensitive': decryption((_, opened) => ({ decrypt_text: mask(opened), data_type: opened.type })),
}

const mostSecrets = 50

/** What a text that is not ours, or of no order of this shop, is answered with; numbers and words are [assumed]. */
const unknownSecret = { decrypt_text: '', err_no: 300_001, err_msg: '密文不合法', data_type: 0 }

type Telling = (world: World, opened: Opened) => Branch

function decryption(tell: Telling): Operation {
  return { needsToken: true, isWrite: false, run: (call) => tellAll(call, tell) }
}

/** 10001 when only some could be told [assumed]; `account_id` and `account_type` may be left out. */
function tellAll(call: Call, tell: Telling): Outcome {
  const secrets = rowsArgument(call, 'cipher_infos')
  if (secrets.length > mostSecrets) return beyond('cipher_infos')
  const rows = secrets.map((given) => {
    const row = { auth_id: textOf(given, 'auth_id'), cipher_text: textOf(given, 'cipher_text') }
    const opened = call.world.orders.get(row.auth_id)?.hasScene ? decrypt(row.cipher_text) : null
    const told = opened === null ? unknownSecret : { err_no: 0, err_msg: '', ...tell(call.world, opened) }
    return { isTold: opened !== null, fields: { ...row, ...notVirtual, ...told } }
  })
  const data = { decrypt_infos: rows.map(({ fields }) => fields), custom_err: { err_code: 0, err_msg: '' } }
  return rows.every(({ isTold }) => isTold) ? { data } : { data, code: 10_001 }
}

const notVirtual = { is_virtual_tel: false, phone_no_a: '', phone_no_b: '', expire_time: 0 }
const virtualSeconds = 30 * 86_400

/** A share of phones is shown by a virtual number and its extension. */
function plainOf(share: number, { type, plain }: Opened, clock: World['clock']): Branch {
  const mark = numberOf(plain)
  if (type !== 3 || mark % 1000 >= share * 1000) return { decrypt_text: plain, data_type: type }
  const [phone, extension] = ['18400000000', String(1000 + (mark % 9000))]
  return {
    decrypt_text: `${phone}-${extension}`,
    data_type: type,
    is_virtual_tel: true,
    phone_no_a: phone,
    phone_no_b: extension,
    expire_time: Math.floor(clock.now() / 1000) + virtualSeconds,
  }
}
