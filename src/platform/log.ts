import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

/** Names of fields whose values never reach the log, at any of the first three depths. */
const redacted = ['password', 'secret', 'token', 'accessToken', 'refreshToken', 'authorization', 'cookie', 'phone', 'mobile', 'address', 'name', 'nick', 'receiver', 'body', 'raw', 'credentials']
const depths = (field: string) => [field, `*.${field}`, `*.*.${field}`]

/** Structured log to standard output (or to `destination`), one JSON object a line. */
export function openLog(options: { readonly level?: string; readonly destination?: pino.DestinationStream } = {}): pino.Logger {
  const settings: pino.LoggerOptions = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap(depths), censor: '[hidden]' },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

export const silentLog: Log = pino({ level: 'silent' })
