/**
 * Every way in which the product fails on purpose. A code is stable for ever. `retry` is the one word that jobs, pages and alarms
 * obey: `never` (somebody must change something), `later` (the same call, after a pause), `after-authorising` (the shop's
 * authorisation must be renewed; only that shop pauses), `after-checking` (it may have happened; look first).
 */
export type Retry = 'never' | 'later' | 'after-authorising' | 'after-checking'

interface Entry {
  readonly status: number
  readonly retry: Retry
  readonly zh: string
  readonly en: string
}

export const failures = {
  INTERNAL: {
    status: 500,
    retry: 'later',
    zh: '系统内部错误，请稍后重试；如仍出现，请把请求编号 {requestId} 发给管理员',
    en: 'Something broke on our side. Try again; if it stays, tell your administrator request {requestId}.',
  },
  INPUT_INVALID: { status: 400, retry: 'never', zh: '“{field}”填写有误：{problem}', en: '{field}: {problem}' },
  ROUTE_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个地址', en: 'No such address.' },

  SIGN_IN_NEEDED: { status: 401, retry: 'never', zh: '请先登录', en: 'Sign in first.' },
  SIGN_IN_REFUSED: {
    status: 401,
    retry: 'never',
    zh: '用户名或密码不对。忘记密码请找店主在“员工与权限”里重设',
    en: 'Name or password is wrong. The owner can reset it under People.',
  },
  SIGN_IN_THROTTLED: {
    status: 429,
    retry: 'later',
    zh: '尝试次数过多，请 {seconds} 秒后再试',
    en: 'Too many attempts; wait {seconds} seconds.',
  },
  PERMISSION_NEEDED: {
    status: 403,
    retry: 'never',
    zh: '没有权限：{permission}。需要时请找店主开通',
    en: 'Your role lacks {permission}. Ask the owner.',
  },
  CSRF_REFUSED: {
    status: 403,
    retry: 'never',
    zh: '页面已过期，请刷新后重试',
    en: 'The page is out of date; reload it.',
  },
  RATE_EXCEEDED: {
    status: 429,
    retry: 'later',
    zh: '请求太快，请 {seconds} 秒后再试',
    en: 'Too many requests; wait {seconds} seconds.',
  },
  KEY_REUSED: {
    status: 409,
    retry: 'never',
    zh: '同一个幂等键用在了不同的请求上',
    en: 'The idempotency key was used for another request.',
  },
  KEY_BUSY: {
    status: 409,
    retry: 'later',
    zh: '同一个请求正在执行，请稍后再看结果',
    en: 'The same request is being worked on; ask again later.',
  },
  KEY_UNCLEAR: {
    status: 409,
    retry: 'after-checking',
    zh: '同一个请求已经执行，但结果没能留下，请查看后再决定是否重做',
    en: 'The same request was carried out but its answer was lost; look before you repeat it.',
  },
  ANSWER_TOO_SLOW: {
    status: 504,
    retry: 'after-checking',
    zh: '{seconds} 秒内没有做完，可能仍在进行，请查看后再操作',
    en: 'Not done within {seconds} seconds; it may still go on. Look before you repeat it.',
  },
  CHANGED_MEANWHILE: {
    status: 409,
    retry: 'never',
    zh: '别人刚改过，请核对后再提交',
    en: 'Somebody changed it meanwhile; check and try again.',
  },
  PERSON_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个员工', en: 'No such person.' },
  PERSON_NAME_TAKEN: { status: 409, retry: 'never', zh: '登录名“{name}”已有人用', en: 'The name {name} is taken.' },
  LAST_OWNER: { status: 409, retry: 'never', zh: '至少要留一位店主', en: 'At least one owner must remain.' },
  ROLE_IN_USE: { status: 409, retry: 'never', zh: '角色“{role}”还有人在用', en: 'Role {role} is in use.' },
  ROLE_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个角色', en: 'No such role.' },
  ROLE_NAME_TAKEN: { status: 409, retry: 'never', zh: '角色名“{name}”已存在', en: 'The role name {name} is taken.' },
  ROLE_FIXED: {
    status: 409,
    retry: 'never',
    zh: '“{role}”拥有全部权限，不能修改或删除',
    en: '{role} holds every right and can be neither changed nor deleted.',
  },
  TOKEN_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个接口令牌', en: 'No such token.' },
  FAILED_JOB_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个失败任务', en: 'No such failed job.' },
  SETUP_DONE: { status: 409, retry: 'never', zh: '已完成初始设置，请直接登录', en: 'Set-up is already done; sign in.' },

  CHANNEL_UNKNOWN: { status: 404, retry: 'never', zh: '没有渠道“{channel}”', en: 'No channel {channel}.' },
  CHANNEL_OPERATION_ABSENT: {
    status: 409,
    retry: 'never',
    zh: '{channel} 不支持 {operation}',
    en: '{channel} does not offer {operation}.',
  },
  CHANNEL_RATE_LIMITED: {
    status: 503,
    retry: 'later',
    zh: '{channel} 限流，稍后自动重试',
    en: '{channel} is throttling us; retried by itself.',
  },
  CHANNEL_QUOTA_EXHAUSTED: {
    status: 503,
    retry: 'later',
    zh: '{channel} 今日调用额度已用完，恢复后自动继续',
    en: '{channel}: the quota is used up; goes on by itself.',
  },
  CHANNEL_UNREACHABLE: {
    status: 503,
    retry: 'later',
    zh: '{channel} 暂时连不上，稍后自动重试',
    en: '{channel} cannot be reached; retried by itself.',
  },
  CHANNEL_NOT_AUTHORISED: {
    status: 409,
    retry: 'after-authorising',
    zh: '{channel} 授权已失效，已停止该店。重新授权后会自动补抓',
    en: '{channel}: authorisation is gone; the shop pauses. Authorise again and it catches up.',
  },
  CHANNEL_PERMISSION: {
    status: 409,
    retry: 'never',
    zh: '{channel} 应用缺少权限：{reason}',
    en: '{channel}: the app lacks a permission: {reason}',
  },
  CHANNEL_MISCONFIGURED: {
    status: 409,
    retry: 'never',
    zh: '{channel} 应用配置有误（密钥、签名或地址）：{reason}',
    en: '{channel}: wrong app settings: {reason}',
  },
  CHANNEL_NOT_FOUND: { status: 404, retry: 'never', zh: '{channel} 上没有这个对象', en: '{channel} does not know it.' },
  CHANNEL_REFUSED: { status: 409, retry: 'never', zh: '{channel} 拒绝：{reason}', en: '{channel} refused: {reason}' },
  CHANNEL_ALREADY_DONE: {
    status: 409,
    retry: 'after-checking',
    zh: '{channel} 说已经做过，正在核对',
    en: '{channel} says it is done; checking.',
  },
  CHANNEL_UNCLEAR: {
    status: 504,
    retry: 'after-checking',
    zh: '{channel} 未答复，可能已执行，核对后再重试',
    en: '{channel} did not answer; it may have happened. Checked before a retry.',
  },
  CHANNEL_NONSENSE: {
    status: 502,
    retry: 'later',
    zh: '{channel} 的答复看不懂：{reason}',
    en: '{channel} answered something we cannot read: {reason}',
  },
  CHANNEL_ADDRESS_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '地址“{host}”不是 HTTPS，已拒绝连接',
    en: 'The address {host} is not HTTPS; refused.',
  },
  PROGRAM_STOPPING: {
    status: 503,
    retry: 'later',
    zh: '程序正在停止，重新启动后自动继续',
    en: 'The program is stopping; it goes on when it is started again.',
  },
  WEBHOOK_REFUSED: { status: 401, retry: 'never', zh: '推送被拒绝：{reason}', en: 'Push refused: {reason}' },

  SHOP_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个店铺', en: 'No such shop.' },
  SHOP_NAME_TAKEN: { status: 409, retry: 'never', zh: '店铺名“{name}”已存在', en: 'The shop name {name} is taken.' },
  SHOP_IN_FILE_MODE: {
    status: 409,
    retry: 'never',
    zh: '店铺“{name}”是文件模式，请用导入导出',
    en: 'Shop {name} works by files; use import and export.',
  },
  AUTHORISATION_EXPIRED_LINK: {
    status: 409,
    retry: 'never',
    zh: '这次授权已过期，请重新点“授权”',
    en: 'This authorisation has run out; start it again.',
  },

  ORDER_NOT_FOUND: { status: 404, retry: 'never', zh: '没有订单 {orderNo}', en: 'No order {orderNo}.' },
  ORDER_STATE_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '订单 {orderNo} 现在是“{state}”，不能{deed}',
    en: 'Order {orderNo} is {state}; it cannot be moved so.',
  },
  STOCK_SHORT: {
    status: 409,
    retry: 'never',
    zh: '库存不足：{sku} 缺 {short} 件',
    en: 'Short of {sku}: {short} pieces.',
  },
  STOCK_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '{sku} 在 {warehouse} 的库存不能这样改：{reason}',
    en: 'The stock of {sku} at {warehouse} cannot be changed so: {reason}',
  },
  RECEIVER_STAYS_MASKED: {
    status: 409,
    retry: 'never',
    zh: '看不到明文：{reason}。请到平台后台查看，打单用平台电子面单',
    en: 'No plain receiver here: {reason}. Look it up at the channel.',
  },
  SKU_NOT_FOUND: { status: 404, retry: 'never', zh: '没有 SKU“{sku}”', en: 'No SKU {sku}.' },
  SKU_CODE_TAKEN: { status: 409, retry: 'never', zh: 'SKU 编码“{sku}”已存在', en: 'SKU {sku} exists.' },
  LISTING_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个平台商品', en: 'No such listing.' },
  WAREHOUSE_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这个仓库', en: 'No such warehouse.' },
  CARRIER_NOT_FOUND: { status: 404, retry: 'never', zh: '没有快递公司“{carrier}”', en: 'No carrier {carrier}.' },
  WAYBILL_POOL_EMPTY: {
    status: 409,
    retry: 'never',
    zh: '{carrier} 的单号池已空，请先导入单号或手工填写',
    en: 'The number pool of {carrier} is empty; add numbers or type one.',
  },
  WAYBILL_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '运单号“{waybillNo}”不能用：{reason}',
    en: 'Waybill {waybillNo} cannot be used: {reason}',
  },
  PARCEL_NOT_FOUND: { status: 404, retry: 'never', zh: '没有包裹 {parcel}', en: 'No parcel {parcel}.' },
  PARCEL_STATE_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '包裹 {parcel} 现在是“{state}”，不能{deed}',
    en: 'Parcel {parcel} is {state}; it cannot be moved so.',
  },
  PARCEL_STOPPED: {
    status: 409,
    retry: 'never',
    zh: '退款，拦下！包裹 {parcel} 不能发：{reason}',
    en: 'Stop! Parcel {parcel} must not leave: {reason}',
  },
  SCAN_REFUSED: { status: 409, retry: 'never', zh: '扫错了：{code} {reason}', en: 'Wrong scan: {code} {reason}' },

  IMPORT_NOT_FOUND: { status: 404, retry: 'never', zh: '没有这次导入', en: 'No such import.' },
  IMPORT_UNRECOGNISED: {
    status: 400,
    retry: 'never',
    zh: '认不出这个文件：{reason}',
    en: 'This file is not recognised: {reason}',
  },
  IMPORT_STATE_REFUSED: {
    status: 409,
    retry: 'never',
    zh: '这次导入现在是“{state}”，不能{deed}',
    en: 'This import is {state}; it cannot be moved so.',
  },
  FILE_TOO_LARGE: {
    status: 413,
    retry: 'never',
    zh: '文件超过 {limitMb} MB，请分成几个',
    en: 'The file is over {limitMb} MB; split it.',
  },

  DATABASE_UNREACHABLE: {
    status: 503,
    retry: 'later',
    zh: '连不上数据库：{reason}',
    en: 'The database cannot be reached: {reason}',
  },
  DATABASE_PLATFORM_ABSENT: {
    status: 500,
    retry: 'never',
    zh: '本机系统（{platform}）用不了自带的数据库：{reason}。请装 PostgreSQL 15 或更新版本，再用 DATABASE_URL 启动',
    en: 'The bundled database does not run on {platform}: {reason}. Install PostgreSQL 15 or newer and start with DATABASE_URL.',
  },
  DATABASE_FILES_OTHER_VERSION: {
    status: 500,
    retry: 'never',
    zh: '数据库目录 {path} 是 PostgreSQL {found} 的，本程序自带的是 {own}，打不开。请用原来的程序版本，或换一个 DATA_DIR',
    en: 'The database files in {path} belong to PostgreSQL {found}; this program brings {own}. Use the version that made them, or another DATA_DIR.',
  },
  DATABASE_DAMAGED: {
    status: 500,
    retry: 'never',
    zh: '数据库目录 {path} 已损坏：{reason}。请保留原目录，并从备份恢复',
    en: 'The database files in {path} are damaged: {reason}. Keep them and restore a backup.',
  },
  DATABASE_ADDRESS_TAKEN: {
    status: 500,
    retry: 'never',
    zh: '数据库的连接地址 {path} 被别的程序占用，请关掉那个程序再启动',
    en: 'The database address {path} is taken by another program; stop that and start again.',
  },
  DATABASE_START_FAILED: {
    status: 500,
    retry: 'later',
    zh: '数据库没能启动：{reason}。详情见 {log}',
    en: 'The database did not start: {reason}. See {log}.',
  },
  FILE_FORBIDDEN: {
    status: 500,
    retry: 'never',
    zh: '没有权限读写 {path}，请改它的权限，或换一个 DATA_DIR',
    en: 'No permission to use {path}; change its permissions or choose another DATA_DIR.',
  },
  DATABASE_URL_REFUSED: {
    status: 500,
    retry: 'never',
    zh: 'DATABASE_URL 指的数据库用不了：{reason}',
    en: 'The database of DATABASE_URL cannot be used: {reasonEn}.',
  },
  DATABASE_NEWER: {
    status: 500,
    retry: 'never',
    zh: '数据库比程序新（迁移 {migration}），请用新版程序打开',
    en: 'The database is newer than this program (migration {migration}); use the newer program.',
  },
  DATABASE_OLDER: {
    status: 500,
    retry: 'never',
    zh: '数据库还是旧版，请先运行 tongdan migrate',
    en: 'The database is older than this program; run tongdan migrate first.',
  },
  MIGRATION_CHANGED: {
    status: 500,
    retry: 'never',
    zh: '已执行过的迁移 {migration} 被改动',
    en: 'Migration {migration} was edited after it had run.',
  },
  SETTING_INVALID: {
    status: 500,
    retry: 'never',
    zh: '设置有误：{problems}',
    en: 'Wrong settings: {problemsEn}',
  },
  PORT_TAKEN: {
    status: 500,
    retry: 'never',
    zh: '端口 {port} 已被占用，请关掉占用它的程序，或用 PORT=其他端口 启动',
    en: 'Port {port} is taken; stop what uses it or start with another PORT.',
  },
  DISK_FULL: { status: 507, retry: 'later', zh: '磁盘已满：{path}', en: 'The disk is full: {path}' },
  KEY_MISSING: {
    status: 500,
    retry: 'never',
    zh: '主密钥不可用：{reason}',
    en: 'The master key cannot be used: {reason}',
  },
} as const satisfies Record<string, Entry>

export type FailureCode = keyof typeof failures

/** What fails on purpose outside core. `details` fill the words and hold no personal data. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: FailureCode, details: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.code = code
    this.details = details
  }

  get retry(): Retry {
    return failures[this.code].retry
  }
}

/** The words of a failure with its places filled. */
export function failureWords(
  code: FailureCode,
  details: Readonly<Record<string, string | number>>,
  language: 'zh' | 'en' = 'zh',
): string {
  return failures[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '—'))
}
