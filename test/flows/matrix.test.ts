import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { allModules } from '../../src/apps/modules.ts'
import type { Route } from '../../src/contract/route.ts'
import { allPermissions, type Permission, type RolePreset, rolePresets } from '../../src/core/access/permissions.ts'
import { Failure } from '../../src/core/failures.ts'
import { createToken } from '../../src/modules/security/index.ts'
import type { Module, ServedRoute } from '../../src/platform/module.ts'
import { type TestBed, testBed } from '../aid/ctx.ts'
import { type Client, type HttpBed, httpBed } from '../aid/http.ts'
import { marker, marksIn, sampleOf, unmarkedFields } from '../aid/samples.ts'

const roles = Object.keys(rolePresets) as RolePreset[]
const modules = allModules()
const routes = modules.flatMap((module) => module.routes)
const nameOf = ({ method, path: address }: Route) => `${method} ${address}`
const holds = (role: RolePreset, permission: Permission) =>
  (rolePresets[role].permissions as readonly Permission[]).includes(permission)

/** The same modules with other answers: what is tested here is the way to them. */
const answering = (answer: (served: ServedRoute) => ServedRoute): readonly Module[] =>
  modules.map((module) => ({ ...module, routes: module.routes.map(answer) }))

const wild = { burst: 1_000_000, perSecond: 1_000_000 }
const rates = { read: wild, write: wild, file: wild, open: wild }

let bed: TestBed
let people: ReadonlyMap<RolePreset, Client>
let door: HttpBed
beforeAll(async () => {
  bed = await testBed()
  // Whoever comes through the door hears DISK_FULL, or INPUT_INVALID when the call needs input.
  const reached = (served: ServedRoute): ServedRoute => ({
    ...served,
    answer: () => Promise.reject(new Failure('DISK_FULL')),
  })
  // Sign-in itself stays, to get in by.
  const isSignIn = ({ route }: ServedRoute) => nameOf(route) === 'POST /session'
  door = await httpBed({
    bed,
    seed: true,
    modules: answering((served) => (isSignIn(served) ? served : reached(served))),
    rates,
    record: async () => undefined,
  })
  people = new Map(await Promise.all(roles.map(async (role) => [role, await door.as(role)] as const)))
})
afterAll(async () => {
  await door.http.close()
  await bed.close()
})

/** Something to send, though not what is asked for. */
function bodyFor({ method, takes }: Route): unknown {
  if (method === 'GET') return undefined
  return takes === 'bytes' ? new Uint8Array([1]) : {}
}

type Outcome = 'allowed' | 'not signed in' | 'no right' | 'page out of date'

async function outcomeOf(call: Client['call'], route: Route, headers?: Record<string, string>): Promise<Outcome> {
  const body = bodyFor(route)
  const { json, status } = await call(route.method, route.path.replace(/:\w+/g, '1'), body, headers)
  const { code } = (json ?? {}) as { code?: string }
  if (code === 'SIGN_IN_NEEDED') return 'not signed in'
  if (code === 'PERMISSION_NEEDED') return 'no right'
  if (code === 'CSRF_REFUSED') return 'page out of date'
  if (code === 'INPUT_INVALID' || code === 'DISK_FULL') return 'allowed'
  throw new Error(`${nameOf(route)} answered ${status} ${code}`)
}

describe('every route', () => {
  test('of every module there is, is mounted', () => {
    const folder = path.join(import.meta.dirname, '../../src/modules')
    const withRoutes = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'module.ts')))
    expect(modules.map(({ name }) => name)).toEqual(expect.arrayContaining(withRoutes))
    expect(new Set(routes.map(({ route }) => nameOf(route))).size).toBe(routes.length)
  })

  test.each(routes.map(({ route }) => ({ name: nameOf(route), route })))(
    '$name is open to exactly those who may',
    async ({ route }) => {
      const { permission } = route
      const expected = (right: boolean): Outcome => (permission === 'open' || right ? 'allowed' : 'no right')
      const got: Record<string, Outcome> = { nobody: await outcomeOf(door.call, route) }
      const wanted: Record<string, Outcome> = { nobody: permission === 'open' ? 'allowed' : 'not signed in' }
      for (const role of roles) {
        got[role] = await outcomeOf(people.get(role)!.call, route)
        wanted[role] = expected(permission === 'signed-in' || (permission !== 'open' && holds(role, permission)))
      }
      const isRight = permission !== 'open' && permission !== 'signed-in'
      const others = allPermissions.filter((other) => other !== permission)
      got['token with all other rights'] = await byToken(route, others)
      wanted['token with all other rights'] = expected(false)
      if (isRight) {
        got['token with this right'] = await byToken(route, [permission])
        wanted['token with this right'] = 'allowed'
      }
      expect(got).toEqual(wanted)
    },
  )

  test('that writes is refused to a page of another site', async () => {
    const writes = routes.filter(({ route }) => route.method !== 'GET' && route.permission !== 'open')
    const owner = people.get('owner')!
    const outcomes = await Promise.all(
      writes.map(async ({ route }) => [nameOf(route), await outcomeOf(door.call, route, { cookie: owner.cookie })]),
    )
    expect(outcomes.filter(([, outcome]) => outcome !== 'page out of date')).toEqual([])
    expect(writes.length).toBeGreaterThan(20)
  })
})

const tokens = new Map<string, string>()

async function byToken(route: Route, permissions: readonly Permission[]): Promise<Outcome> {
  const key = permissions.join()
  const known =
    tokens.get(key) ??
    (await createToken(bed.ctx, { name: 'matrix', permissions: [...permissions], expiresInDays: null })).plain
  tokens.set(key, known)
  return outcomeOf(door.call, route, { authorization: `Bearer ${known}` })
}

describe('what one may not see', () => {
  const told = routes.filter(({ route, movesSession }) => route.answers !== 'file' && !movesSession)
  const marked = told.filter(({ route }) => marksIn(route.output).size > 0)
  let show: HttpBed
  beforeAll(async () => {
    // Each call is answered with every field that its output has, personal and cost ones with a mark in them.
    const full = (served: ServedRoute): ServedRoute =>
      served.movesSession || served.route.answers === 'file'
        ? served
        : { ...served, route: { ...served.route, input: z.any() }, answer: async () => sampleOf(served.route.output) }
    show = await httpBed({ bed, modules: answering(full), rates, record: async () => undefined, checksAnswers: false })
  })
  afterAll(() => show.http.close())

  const textFor = async (role: RolePreset, route: Route) => {
    const { cookie, csrfToken } = people.get(role)!
    const address = route.path.replace(/:\w+/g, '1')
    const { text, status } = await show.call(route.method, address, bodyFor(route), {
      cookie,
      'x-csrf-token': csrfToken,
    })
    expect(status, nameOf(route)).toBe(200)
    return text
  }

  test.each(roles)('reaches the role %s in no answer, and what it may see does', async (role) => {
    const hidden = { cost: !holds(role, 'costs.see'), personal: !holds(role, 'personal.see') }
    for (const { route } of told) {
      if (route.permission !== 'open' && route.permission !== 'signed-in' && !holds(role, route.permission)) continue
      const text = await textFor(role, route)
      for (const mark of ['cost', 'personal'] as const) {
        const isThere = text.includes(marker[mark].text) || text.includes(String(marker[mark].number))
        const isExpected = marksIn(route.output).has(mark) && !hidden[mark]
        if (hidden[mark]) expect(isThere, `${nameOf(route)} shows ${mark} to ${role}`).toBe(false)
        else if (isExpected) expect(isThere, `${nameOf(route)} hides ${mark} from ${role}`).toBe(true)
      }
    }
  })

  test('is marked in the contract: some answers hold personal data, some cost', () => {
    const all = marked.map(({ route }) => [...marksIn(route.output)])
    expect(all.filter((marks) => marks.includes('personal')).length).toBeGreaterThan(0)
    expect(all.filter((marks) => marks.includes('cost')).length).toBeGreaterThan(0)
  })

  /** What the caller sent is given back in parts; nobody learns what they did not know. */
  const givesBack = ['POST /addresses/understand']

  test('is marked wherever a field’s name says so', () => {
    const looksLikeCost = /cost|margin|supplierPrice/i
    const looksPersonal = /^(phone|mobile|receiverName|receiverPhone|addressDetail)$/i
    const forgotten = told.flatMap(({ route }) => {
      const mayReveal = route.permission === 'orders.reveal' || givesBack.includes(nameOf(route))
      const costs = unmarkedFields(route.output, 'cost').filter((name) => looksLikeCost.test(name))
      const persons = mayReveal
        ? []
        : unmarkedFields(route.output, 'personal').filter((name) => looksPersonal.test(name))
      return [...costs, ...persons].map((name) => `${nameOf(route)}: ${name}`)
    })
    expect(forgotten).toEqual([])
  })
})
