import { badParameter, reject } from '../errors.ts'
import * as tde from '../tde.ts'
import type { Branch } from '../text.ts'
import { seller } from '../tokens.ts'
import { type Call, type Operations, reads, required } from './call.ts'

/** Who the shop is, and the keys to its buyers' data: jd.md 2, 7. */
export const shopCalls: Operations = {
  'jingdong.vender.shop.query': reads(() => ({ shop_jos_result: { ...shop, ...more } })),
  'jingdong.seller.vender.info.get': reads(() => ({ vender_info_result: { ...shop, col_type: 0 } })),
  'jingdong.jos.voucher.info.get': reads(voucher),
  'jingdong.jos.master.key.get': reads(masterKey),
}

const shop = { vender_id: seller.venderId, shop_id: seller.shopId, shop_name: seller.name } as const
/** Source of the names: jd.md 2 [doc]. SOP is 0. */
const more = {
  open_time: 1_609_459_200_000,
  category_main: 1620,
  category_main_name: '家居日用',
  col_type: 0,
} as const

const yearMs = 365 * 86_400_000

function voucher({ world }: Call): Branch {
  const now = world.clock.now()
  return { response: { errorMsg: '', data: { voucher: tde.voucherText(now - yearMs, now + yearMs) } } }
}

/** A caller who cannot prove that it holds the voucher gets no key; the code of that refusal is [assumed]. */
function masterKey(call: Call): Branch {
  if (required(call, 'sdk_ver') !== '2') throw reject(badParameter('sdk_ver不支持'))
  const ts = required(call, 'ts')
  const tid = required(call, 'tid')
  const isProven = tid === tde.voucherId && required(call, 'sig') === tde.masterKeySignature(ts, tid)
  const head = { tid, ts: Number(ts), enc_service: tde.service, key_cache_disabled: 0, key_backup_disabled: 0 }
  if (!isProven) return { response: { status_code: 104, errorMsg: '凭证签名错误', ...head, service_key_list: [] } }
  return { response: { status_code: 0, errorMsg: '', ...head, service_key_list: [serviceKeys()] } }
}

function serviceKeys(): Branch {
  const current: Branch = {
    id: tde.key.id.toString('base64'),
    key_exp: 2_000_000_000,
    key_effective: 1_700_000_000,
    key_string: tde.key.secret.toString('base64'),
    version: 0,
    key_type: 'AES',
    key_status: 0,
    key_digest: tde.keyDigest(tde.key),
  }
  return { current_key_version: 0, service: tde.service, grant_usage: 'ED', keys: [current] }
}
