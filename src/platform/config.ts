import path from 'node:path'
import { z } from 'zod'
import { Failure } from '../core/failures.ts'

/** What may be set from outside (设置), all by environment variables, all with a plain answer when left out. */
export interface Config {
  readonly port: number
  /** 127.0.0.1: this machine only. 0.0.0.0: others may come too. */
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  /** Null: the product brings its own PostgreSQL. */
  readonly databaseUrl: string | null
  /** The ring of master keys; null: a file in the data directory. */
  readonly masterKey: string | null
  readonly masterKeyFile: string
  /** Where people reach it, without a trailing slash. */
  readonly publicUrl: string
  /** Where channels of the merchant's own lie, absolute; null: there are none. */
  readonly extensionsDir: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

const levels = ['debug', 'info', 'warn', 'error'] as const

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(4180),
  HOST: z
    .string()
    .regex(/^[\w.:-]{1,255}$/)
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\/[^\s]+$/.test(text))
    .optional(),
  TONGDAN_MASTER_KEY: z
    .string()
    .regex(/^\d{1,3}:[A-Za-z0-9+/=_-]+(,\d{1,3}:[A-Za-z0-9+/=_-]+)*$/)
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[?#]/.test(text))
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  EXTENSIONS_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(levels).default('info'),
})

interface Words {
  readonly zh: string
  readonly en: string
}

/** One sentence for each mistake; never the value, which may hold a password. */
const mistakes: Readonly<Record<string, Words>> = {
  PORT: { zh: 'PORT 应为 0 到 65535 的整数', en: 'PORT must be a whole number from 0 to 65535' },
  HOST: {
    zh: 'HOST 应为监听地址，如 127.0.0.1（只限本机）或 0.0.0.0（允许其他电脑访问）',
    en: 'HOST must be an address to listen on, such as 127.0.0.1 (this machine only) or 0.0.0.0 (others too)',
  },
  DATA_DIR: { zh: 'DATA_DIR 应为目录路径', en: 'DATA_DIR must be the path of a directory' },
  DATABASE_URL: {
    zh: 'DATABASE_URL 应形如 postgresql://用户:密码@主机:5432/库名',
    en: 'DATABASE_URL must look like postgresql://user:password@host:5432/database',
  },
  TONGDAN_MASTER_KEY: {
    zh: 'TONGDAN_MASTER_KEY 应形如 1:密钥,2:密钥（密钥是 32 字节的 base64）',
    en: 'TONGDAN_MASTER_KEY must look like 1:key,2:key (each key 32 bytes in base64)',
  },
  PUBLIC_URL: {
    zh: 'PUBLIC_URL 应为 http:// 或 https:// 开头的网址，不带 ? 和 #',
    en: 'PUBLIC_URL must be an address beginning with http:// or https://, without ? and #',
  },
  EXTENSIONS_DIR: { zh: 'EXTENSIONS_DIR 应为目录路径', en: 'EXTENSIONS_DIR must be the path of a directory' },
  LOG_LEVEL: { zh: `LOG_LEVEL 只能是 ${levels.join('、')}`, en: `LOG_LEVEL must be one of ${levels.join(', ')}` },
}

/** Reads the settings; an empty one counts as left out. Throws SETTING_INVALID with a sentence for each mistake. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(([, text]) => text !== undefined && text.trim() !== '')
  const read = Environment.safeParse(Object.fromEntries(given.map(([name, text]) => [name, text?.trim()])))
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    const sentences = names.map((name) => mistakes[name] ?? { zh: name, en: name })
    throw new Failure('SETTING_INVALID', {
      problems: sentences.map(({ zh }) => zh).join('；'),
      problemsEn: sentences.map(({ en }) => en).join('; '),
    })
  }
  const { PORT, HOST, DATABASE_URL, TONGDAN_MASTER_KEY, PUBLIC_URL, EXTENSIONS_DIR, LOG_LEVEL } = read.data
  const dataDir = path.resolve(read.data.DATA_DIR)
  return {
    port: PORT,
    host: HOST,
    dataDir,
    databaseUrl: DATABASE_URL ?? null,
    masterKey: TONGDAN_MASTER_KEY ?? null,
    masterKeyFile: path.join(dataDir, 'master.key'),
    publicUrl: PUBLIC_URL ?? `http://${reachable(HOST)}:${PORT}`,
    extensionsDir: EXTENSIONS_DIR === undefined ? null : path.resolve(EXTENSIONS_DIR),
    logLevel: LOG_LEVEL,
  }
}

/** An address one can type: listening everywhere includes this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
