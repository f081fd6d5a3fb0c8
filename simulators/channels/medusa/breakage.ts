import type { FaultPlayer } from '../../aid/faults.ts'
import { html, json, jsonText, type Reply } from '../../aid/http.ts'
import type { FaultKind } from '../../simulator.ts'
import { fault, faultJson } from './answers.ts'

/** A page of a host or a network before the shop. */
export const page = (text: string) =>
  `<!DOCTYPE html><html><head><title>${text}</title></head><body>${text}</body></html>`

const waitPage = (text: string, retryAfterS: number): Reply => ({
  kind: 'answer',
  status: 429,
  headers: { 'content-type': 'text/html', 'retry-after': String(retryAfterS) },
  body: page(text),
})

/** The core knows no limits; whoever hosts it may answer in its stead [assumed]. Null where nothing strikes. */
export function troubleOf(faults: FaultPlayer, operation: string): Reply | null {
  const strikes = (kind: FaultKind) => faults.strikes(kind, operation)
  if (strikes('cut')) return { kind: 'cut' }
  if (strikes('hang')) return { kind: 'hang' }
  if (strikes('throttle'))
    return faults.chance().pick([waitPage('Too Many Requests', 2), html(page('Too Many Requests'), 429)])
  if (strikes('quota')) return waitPage('Traffic allowance used up', 3600)
  if (strikes('busy')) return html(page('503 Service Unavailable'), 503)
  if (strikes('server-error')) return faults.chance().pick(serverErrors)
  return strikes('nonsense') ? faults.chance().pick(nonsense) : null
}

const serverErrors: readonly Reply[] = [
  json(faultJson(fault('unknown_error', 'An unknown error occurred.')), 500),
  json(faultJson(fault('unexpected_state', 'An unexpected state was reached.')), 500),
  json(faultJson(fault('database_error', 'Knex: Timeout acquiring a connection.')), 500),
  html(page('500 Internal Server Error'), 500),
]

const nonsense: readonly Reply[] = [
  html(page('正在验证您的浏览器')),
  html(page('502 Bad Gateway'), 502),
  jsonText('{"orders":[{"id":"order_01'),
]
