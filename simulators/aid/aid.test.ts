import { afterEach, expect, test } from 'vitest'
import { runningClock } from './clock.ts'
import { faultPlayer } from './faults.ts'
import { readForm } from './form.ts'
import { type Asked, json, type Reply, type Served, serve } from './http.ts'
import { limiter } from './limits.ts'
import { places, somebody } from './people.ts'
import { chance } from './random.ts'
import { sortedBy } from './sorted.ts'

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()))
})

test('the same seed gives the same people, another seed gives others', () => {
  const three = (seed: number) => Array.from({ length: 3 }, (_, turn) => somebody(chance(`${seed}:${turn}`)))
  expect(three(7)).toEqual(three(7))
  expect(three(7)).not.toEqual(three(8))
})

test('chance keeps to its bounds and reaches both', () => {
  const dice = chance(1)
  const seen = new Set(Array.from({ length: 500 }, () => dice.whole(3, 6)))
  expect([...seen].sort((a, b) => a - b)).toEqual([3, 4, 5, 6])
})

test('people live in all 31 provinces', () => {
  expect(new Set(places.map(([province]) => province)).size).toBe(31)
})

test('a fault strikes as often as it may and only where it may', () => {
  const player = faultPlayer(1)
  player.set({ faults: [{ kind: 'busy', rate: 1, times: 2, operations: ['read'] }] })
  const struck = ['write', 'read', 'read', 'read'].map((operation) => player.strikes('busy', operation))
  expect(struck).toEqual([false, true, true, false])
  expect(player.played()).toEqual({ busy: 2 })
})

test('an order once hidden stays hidden, and healing shows it again', () => {
  const player = faultPlayer(1)
  player.set({ faults: [{ kind: 'hide', rate: 0.5 }] })
  const look = () => Array.from({ length: 40 }, (_, order) => player.strikesFor('hide', String(order)))
  const first = look()
  expect(new Set(first)).toEqual(new Set([true, false]))
  expect(look()).toEqual(first)
  player.set({ faults: [] })
  expect(look()).not.toContain(true)
})

test('a limit lets one second of calls through at once and refuses what comes after', () => {
  const { take } = limiter({ perSecond: 3 })
  expect(Array.from({ length: 6 }, () => take('shop', 0))).toEqual([true, true, true, true, false, false])
  expect(take('other shop', 0)).toBe(true)
  expect(take('shop', 1000)).toBe(true)
})

test('a client that keeps the limit is not blamed for the network', () => {
  const { take } = limiter({ perSecond: 1 })
  const arrivals = [0, 980, 2010, 2970, 4020, 4960]
  expect(arrivals.map((at) => take('shop', at))).not.toContain(false)
})

test('turning a fixed clock forward lets time pass for flow control', () => {
  const clock = runningClock()
  clock.fix(1_000_000)
  const before = clock.elapsed()
  clock.fix(1_060_000)
  expect(clock.now()).toBe(1_060_000)
  expect(clock.elapsed() - before).toBeGreaterThanOrEqual(60_000)
})

test('a span of a sorted list holds what changed within it, both ends included', () => {
  const sorted = sortedBy<{ at: number }>((thing) => thing.at)
  const things = [5, 1, 9, 5, 3].map((at) => ({ at }))
  for (const thing of things) sorted.add(thing)
  const first = things[0]!
  sorted.remove(first)
  first.at = 12
  sorted.add(first)
  const [from, to] = sorted.span(3, 9)
  expect(Array.from({ length: to - from }, (_, offset) => sorted.at(from + offset).at)).toEqual([3, 5, 9])
  expect(sorted.size()).toBe(5)
})

test('a form with a file is read as fields and files', () => {
  const body = Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="memo"\r\n\r\n加急\r\n' +
      '--b\r\nContent-Disposition: form-data; name="proof"; filename="a.jpg"\r\n\r\n\u0001\u0002\r\n--b--\r\n',
  )
  const form = readForm({ ...asked(body), headers: { 'content-type': 'multipart/form-data; boundary=b' } })
  expect(Object.fromEntries(form.fields)).toEqual({ memo: '加急' })
  expect(form.files.get('proof')).toEqual(Buffer.from([1, 2]))
})

test.each<{ when: string; reply: Reply }>([
  { when: 'at once', reply: { kind: 'cut' } },
  { when: 'half way through the answer', reply: { kind: 'cut', body: '{"trades":[]}' } },
])('a connection cut $when fails at the client', async ({ reply }) => {
  const served = await serve(0, () => reply)
  open.push(served)
  await expect(fetch(served.address).then((response) => response.text())).rejects.toThrow()
})

test('a hanging call says nothing, and closing the server ends it', async () => {
  const served = await serve(0, (request) => (request.path === '/hang' ? { kind: 'hang' } : json({ ok: true })))
  const hanging = fetch(`${served.address}/hang`).then(
    () => 'answered',
    () => 'broken',
  )
  expect(await (await fetch(served.address)).json()).toEqual({ ok: true })
  await served.close()
  expect(await hanging).toBe('broken')
})

function asked(body: Buffer): Asked {
  return { method: 'POST', target: '/', path: '/', query: new URLSearchParams(), headers: {}, body }
}
