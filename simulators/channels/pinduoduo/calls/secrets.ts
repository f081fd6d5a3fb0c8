import { decrypt, type Opened } from '../cipher.ts'
import { maskAddress, maskName, maskPhone } from '../receivers.ts'
import { type Call, type Operations, reads, rowsArgument } from './call.ts'

/** Receivers behind their ciphertexts: pinduoduo.md 4. Names of the answers, and the code of a bad row, are [assumed]. */
export const secretCalls: Operations = {
  'pdd.open.decrypt.batch': reads('open_decrypt_batch_response', (call) => opened(call, ({ plain }) => plain)),
  'pdd.open.decrypt.mask.batch': reads('open_decrypt_mask_batch_response', (call) => opened(call, mask)),
}

const masks = { 5: maskName, 6: maskPhone, 8: maskAddress } as const
const mask = ({ type, plain }: Opened) => masks[type](plain)

const mostRows = 100
const notOurs = 21_002

/** A text that is none of ours fails alone; the others are opened. */
function opened(call: Call, show: (found: Opened) => string): object {
  const rows = rowsArgument(call, 'data_list', mostRows).map(({ data_tag = '', encrypted_data = '' }) => {
    const found = call.world.orders.has(data_tag) ? decrypt(data_tag, encrypted_data) : null
    return {
      data_tag,
      encrypted_data,
      decrypted_data: found === null ? '' : show(found),
      data_type: found?.type ?? 0,
      error_code: found === null ? notOurs : 0,
      error_msg: found === null ? '密文无效' : '',
      virtual_identify_number: '',
    }
  })
  return { data_decrypt_list: rows }
}
