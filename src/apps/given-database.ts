import { z } from 'zod'
import { Failure } from '../core/failures.ts'
import type { Database } from '../platform/db/open.ts'
import { sql } from '../platform/db/sql.ts'

const oldest = 15
const Version = z.strictObject({ number: z.int() })

interface Words {
  readonly zh: string
  readonly en: string
}

/** What went wrong at the first word with somebody's own PostgreSQL, by the system's code or PostgreSQL's. */
const reasons: Readonly<Record<string, Words>> = {
  ECONNREFUSED: {
    zh: '这个地址和端口没有 PostgreSQL 应答，请检查地址并确认它已启动',
    en: 'no PostgreSQL answers at this address and port; check the address and that it runs',
  },
  ENOENT: {
    zh: '没有这个套接字目录，请检查地址并确认 PostgreSQL 已启动',
    en: 'there is no such socket; check the address and that PostgreSQL runs',
  },
  ENOTFOUND: { zh: '找不到这台主机，请检查主机名', en: 'there is no such host; check its name' },
  EAI_AGAIN: { zh: '找不到这台主机，请检查主机名', en: 'there is no such host; check its name' },
  ETIMEDOUT: {
    zh: '连接超时，请检查地址和防火墙',
    en: 'it does not answer in time; check the address and the firewall',
  },
  '28P01': { zh: '用户名或密码不对', en: 'wrong user or password' },
  '28000': { zh: '不允许这个用户连接，请检查 pg_hba.conf', en: 'this user may not connect; see pg_hba.conf' },
  '3D000': { zh: '没有这个库，请先建库', en: 'there is no such database; create it first' },
  '42501': { zh: '这个用户不能在库里建表，请给他建表的权限', en: 'this user may not create tables; grant it' },
  '53300': { zh: '连接数已满', en: 'it has no connection left' },
}

/** Is the database of DATABASE_URL there, let in, and new enough? Throws DATABASE_URL_REFUSED with what to do about it. */
export async function checkGiven(database: Database): Promise<void> {
  const { number } = await database.db
    .one(Version, sql`select current_setting('server_version_num')::int as number`)
    .catch(refuse)
  refuseOld(number)
}

/** `version` as PostgreSQL numbers itself: 150018 is 15.18. Throws DATABASE_URL_REFUSED. */
export function refuseOld(version: number): void {
  const major = Math.floor(version / 10_000)
  if (major >= oldest) return
  throw new Failure('DATABASE_URL_REFUSED', {
    reason: `它是 PostgreSQL ${major}，需要 ${oldest} 或更新版本`,
    reasonEn: `it is PostgreSQL ${major}; ${oldest} or newer is needed`,
  })
}

/** Also for what goes wrong while its tables are laid out. */
export function refuse(error: unknown): never {
  const code = codeOf(error)
  const words = code === null ? undefined : reasons[code]
  if (words !== undefined) throw new Failure('DATABASE_URL_REFUSED', { reason: words.zh, reasonEn: words.en }, error)
  throw error
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string' && error.code in reasons) return error.code
  return codeOf(error.cause)
}
