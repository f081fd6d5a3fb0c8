import { z } from 'zod'
import { shopStages } from '../core/channel/stage.ts'
import { at, CertificateDay, count, day, shopInput, Trouble } from './channel-shapes.ts'
import { id, nothing, route } from './route.ts'

export * from './channel-records.ts'
export { CertificateDay } from './channel-shapes.ts'

const ChannelField = z.strictObject({
  name: z.string(),
  zh: z.string(),
  en: z.string(),
  kind: z.enum(['text', 'secret', 'obtained']),
  optional: z.boolean(),
  helpZh: z.string(),
})

/** What a channel is and offers; the connect form and the list of capabilities are made from it. */
export const ChannelCard = z.strictObject({
  channel: z.string(),
  zh: z.string(),
  en: z.string(),
  mark: z.string(),
  fields: z.array(ChannelField),
  operations: z.array(z.string()),
  /** False: it is told of the parcels of another shop, beside which it stands. */
  takesOrders: z.boolean(),
  /** True: the merchant confirms in the browser (`startAuthorisation`); false: typed-in credentials are enough. */
  authorisesInBrowser: z.boolean(),
  /** A shop of this channel can do without keys, by files. */
  fileMode: z.boolean(),
  /** Where the platform's pushes must be sent, with `:connection` for the shop's own word; null where it sends none. */
  hookPath: z.string().nullable(),
  links: z.array(z.string()),
})

export const listChannels = route({
  method: 'GET',
  path: '/channels',
  permission: 'shops.read',
  zh: '可连接的渠道',
  input: nothing,
  output: z.strictObject({ channels: z.array(ChannelCard) }),
})

/** 店铺状态. `late`: the cursor is more than ten minutes behind. `stopped`: its authorisation is gone. `paused`: a person stopped it. */
export const shopStates = ['new', 'good', 'late', 'expiring', 'stopped', 'paused', 'files'] as const
/** `history`: old orders and the comparison of days, which trouble nothing new. */
export const duties = [
  'orders',
  'history',
  'aftersales',
  'products',
  'shipments',
  'stock',
  'remarks',
  'pushes',
] as const

const Duty = z.strictObject({
  duty: z.enum(duties),
  /** False: the channel does not offer it. */
  offered: z.boolean(),
  lastSuccessAt: at.nullable(),
  lastTroubleAt: at.nullable(),
  /** The trouble since the last success, or null. */
  trouble: Trouble.nullable(),
  /** What waits to be sent or worked on. */
  waiting: count,
})

/** One limit of calls as it stands now. */
const Quota = z.strictObject({
  operation: z.string(),
  per: z.enum(['shop', 'app']),
  times: z.int().positive(),
  perMs: z.int().positive(),
  used: count,
  waiting: count,
  waitedMs: count,
  bannedUntil: at.nullable(),
})

const FirstPull = z.strictObject({
  state: z.enum(['waiting', 'running', 'done']),
  fromDay: day,
  doneDays: count,
  totalDays: count,
  orders: count,
})

export const ShopCard = z.strictObject({
  shopId: z.int(),
  name: z.string(),
  channel: z.string(),
  channelZh: z.string(),
  mark: z.string(),
  mode: z.enum(['api', 'file']),
  /** The shop of whose parcels this one's platform is told; null for a shop of its own. */
  besideShopId: z.int().nullable(),
  /** False: it has no orders of its own. */
  takesOrders: z.boolean(),
  state: z.enum(shopStates),
  /** 正常, 抓单延迟 6 分钟, 授权 3 天后到期, 已停：… */
  words: z.string(),
  stage: z.enum(shopStages),
  shadowDays: z.int(),
  authorisation: z.strictObject({
    state: z.enum(['none', 'good', 'expiring', 'expired']),
    expiresAt: at.nullable(),
    /** True: the product renews it by itself. */
    isRefreshed: z.boolean(),
  }),
  duties: z.array(Duty),
  quotas: z.array(Quota),
  /** The last seven days, oldest first. */
  days: z.array(CertificateDay),
  /** How old our knowledge is: now less the cursor; null before the first pull and in file mode. */
  dataAgeMs: z.int().nonnegative().nullable(),
  /** Orders are seen so soon after they changed, as measured of late; null while nothing was measured. */
  freshMs: z.int().nonnegative().nullable(),
  firstPull: FirstPull.nullable(),
  unsent: count,
})

export const listShops = route({
  method: 'GET',
  path: '/shops',
  permission: 'shops.read',
  zh: '店铺列表',
  input: nothing,
  output: z.strictObject({ shops: z.array(ShopCard) }),
})

/** A shop with its settings. Secrets are never given back: `typed` says only which fields hold something. */
export const readShop = route({
  method: 'GET',
  path: '/shops/:shopId',
  permission: 'shops.read',
  zh: '店铺详情',
  input: shopInput,
  output: z.strictObject({
    shop: ShopCard,
    historyDays: z.int(),
    channelShopNo: z.string().nullable(),
    /** Credential fields that are filled; text fields with their value, secrets without. */
    typed: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
    hookUrl: z.string().nullable(),
    redirectUri: z.string().nullable(),
  }),
})

const shopName = z.string().trim().min(1).max(40)

export const createShop = route({
  method: 'POST',
  path: '/shops',
  permission: 'shops.manage',
  zh: '新建店铺',
  /** `besideShopId`: for a channel that takes no orders, the shop whose parcels it is told of. */
  input: z.strictObject({
    channel: z.string(),
    name: shopName,
    mode: z.enum(['api', 'file']),
    besideShopId: id.optional(),
  }),
  output: z.strictObject({ shopId: z.int() }),
})

/** What may be set per shop. `historyDays`: how far the first pull reaches back. `stage`: how far the shop has gone over to us;
 * `shadowDays`: clean days after which going live is offered. */
export const changeShop = route({
  method: 'PATCH',
  path: '/shops/:shopId',
  permission: 'shops.manage',
  zh: '改店铺名称与设置',
  input: z.strictObject({
    shopId: id,
    name: shopName.optional(),
    historyDays: z.int().min(1).max(90).optional(),
    stage: z.enum(['read-only', 'shadow', 'live']).optional(),
    shadowDays: z.int().min(1).max(30).optional(),
  }),
  output: nothing,
})

/** 接口 or 文件. Orders stay; what was not told yet goes the new way. Towards `api` keys are typed in next. */
export const switchMode = route({
  method: 'POST',
  path: '/shops/:shopId/mode',
  permission: 'shops.manage',
  zh: '切换接口与文件模式',
  input: z.strictObject({ shopId: id, mode: z.enum(['api', 'file']) }),
  output: nothing,
})

export const pauseShop = route({
  method: 'POST',
  path: '/shops/:shopId/pause',
  permission: 'shops.manage',
  zh: '暂停店铺',
  input: shopInput,
  output: nothing,
})

export const resumeShop = route({
  method: 'POST',
  path: '/shops/:shopId/resume',
  permission: 'shops.manage',
  zh: '恢复店铺',
  input: shopInput,
  output: nothing,
})

/** The name must be typed again. Orders taken in stay; the shop, its credentials and its record of pulls go. */
export const deleteShop = route({
  method: 'DELETE',
  path: '/shops/:shopId',
  permission: 'shops.manage',
  zh: '删除店铺',
  input: z.strictObject({ shopId: id, name: z.string() }),
  output: nothing,
})

/** Typed-in credentials; fields left out keep what they hold. Throws INPUT_INVALID naming the field. */
export const saveCredentials = route({
  method: 'PUT',
  path: '/shops/:shopId/credentials',
  permission: 'shops.manage',
  zh: '填写店铺密钥',
  input: z.strictObject({ shopId: id, fields: z.record(z.string(), z.string().max(4_000)) }),
  output: z.strictObject({ next: z.enum(['authorise', 'test']) }),
})

/** Gives the address to send the browser to; it comes back to `/shops/authorised` with a query for `finishAuthorisation`. */
export const startAuthorisation = route({
  method: 'POST',
  path: '/shops/:shopId/authorisation',
  permission: 'shops.manage',
  zh: '开始授权',
  input: shopInput,
  output: z.strictObject({ url: z.string(), expiresAt: at }),
})

/** Whoever comes back may be in another browser, so no session is asked for: the one-time state in the query, good for 15 minutes, is the key. */
export const finishAuthorisation = route({
  method: 'POST',
  path: '/shops/authorised',
  permission: 'open',
  zh: '完成授权',
  input: z.strictObject({ query: z.record(z.string(), z.string().max(4_000)) }),
  output: z.strictObject({ shopId: z.int(), name: z.string(), expiresAt: at.nullable() }),
})

export const testShop = route({
  method: 'POST',
  path: '/shops/:shopId/test',
  permission: 'shops.manage',
  zh: '测试连接',
  input: shopInput,
  output: z.strictObject({
    ok: z.boolean(),
    shopName: z.string().nullable(),
    channelShopNo: z.string().nullable(),
    ms: count,
    trouble: Trouble.nullable(),
  }),
})

/** Starts the first pull and from then on the sweep. Harmless when it runs already. */
export const beginShop = route({
  method: 'POST',
  path: '/shops/:shopId/begin',
  permission: 'shops.manage',
  zh: '开始首次抓单',
  input: z.strictObject({ shopId: id, historyDays: z.int().min(1).max(90).optional() }),
  output: nothing,
})

export const readFirstPull = route({
  method: 'GET',
  path: '/shops/:shopId/first-pull',
  permission: 'shops.read',
  zh: '首次抓单进度',
  input: shopInput,
  output: z.strictObject({ firstPull: FirstPull.nullable() }),
})

export const syncShop = route({
  method: 'POST',
  path: '/shops/:shopId/sync',
  permission: 'shops.manage',
  zh: '立即同步',
  input: shopInput,
  output: nothing,
})
