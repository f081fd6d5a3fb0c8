import path from 'node:path'
import type { RolePreset } from '../../src/core/access/permissions.ts'
import { rolePresets } from '../../src/core/access/permissions.ts'
import { auditCall, openGate, security, seedPeople } from '../../src/modules/security/index.ts'
import { openHealth } from '../../src/platform/health.ts'
import { cookieName } from '../../src/platform/http/gate.ts'
import { type Http, type HttpOptions, openHttp } from '../../src/platform/http/open.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openMetrics } from '../../src/platform/metrics.ts'
import type { Module } from '../../src/platform/module.ts'
import { type TestBed, testBed } from './ctx.ts'

export const testPassword = 'lan-hua-de-mao 42'

/** What came back. `json` is null for a file. */
export interface Reply {
  readonly status: number
  readonly json: unknown
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
  /** The session's cookie if one was set, for the next call. */
  readonly cookie: string | null
}

/** Makes calls as somebody; paths are those of the contract, without the base. */
export interface Client {
  readonly call: (method: string, address: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>
  readonly csrfToken: string
  readonly cookie: string
}

export interface HttpBed extends TestBed {
  readonly http: Http
  /** Calls without a session, or with the headers given. */
  readonly call: Client['call']
  readonly signIn: (loginName: string, password?: string) => Promise<Client>
  /** Signed in as the person of this role that `seed` made. */
  readonly as: (role: RolePreset) => Promise<Client>
}

interface BedOptions extends Partial<HttpOptions> {
  readonly seed?: boolean
  readonly bed?: TestBed
  /** Modules mounted beside security; `modules` instead says all of them. */
  readonly besides?: readonly Module[]
}

/** The whole HTTP side on a database of its own. `seed: true` makes a person for each role, whose login name is the role's. */
export async function httpBed(options: BedOptions = {}): Promise<HttpBed> {
  const bed = options.bed ?? (await testBed())
  const modules: readonly Module[] = options.modules ?? [security, ...(options.besides ?? [])]
  const http = await openHttp({
    modules,
    ctxFor: bed.ctxFor,
    gate: openGate(bed.ctx),
    database: bed.database,
    health: openHealth(bed.database),
    metrics: options.metrics ?? openMetrics(bed.database.pool),
    log: silentLog,
    publicUrl: bed.ctx.settings.publicUrl,
    isSandbox: bed.ctx.settings.isSandbox,
    webFolder: path.join(import.meta.dirname, 'no-such-folder'),
    receivePush: async () => ({ status: 200, body: 'ok' }),
    record: auditCall,
    checksAnswers: true,
    ...options,
  })
  if (options.seed) await seedPeople(bed.ctx, everyRole())
  const call = caller(http, {})

  async function signIn(loginName: string, password = testPassword): Promise<Client> {
    const reply = await call('POST', '/session', { loginName, password })
    if (reply.status !== 200 || reply.cookie === null) throw new Error(`not signed in as ${loginName}: ${reply.text}`)
    const { csrfToken } = reply.json as { csrfToken: string }
    return { call: caller(http, { cookie: reply.cookie, 'x-csrf-token': csrfToken }), csrfToken, cookie: reply.cookie }
  }

  return {
    ...bed,
    http,
    call,
    signIn,
    as: (role) => signIn(role),
    close: async () => {
      await http.close()
      await bed.close()
    },
  }
}

const everyRole = () =>
  (Object.keys(rolePresets) as RolePreset[]).map((role) => ({
    loginName: role,
    name: rolePresets[role].zh,
    role,
    password: testPassword,
  }))

function caller(http: Http, usual: Readonly<Record<string, string>>): Client['call'] {
  return async (method, address, body, headers = {}) => {
    const isBytes = body instanceof Uint8Array
    const response = await http.inject({
      method: method as 'GET',
      url: address.startsWith('//') ? address.slice(1) : `/api/v1${address}`,
      headers: { ...usual, ...(isBytes && { 'content-type': 'application/octet-stream' }), ...headers },
      ...(body !== undefined && { payload: isBytes ? Buffer.from(body) : (body as object) }),
    })
    const cookie = response.cookies.find(({ name }) => name === cookieName(true))
    return {
      status: response.statusCode,
      json: String(response.headers['content-type']).startsWith('application/json') ? response.json<unknown>() : null,
      text: response.body,
      headers: response.headers,
      cookie: cookie ? `${cookie.name}=${cookie.value}` : null,
    }
  }
}
