import { expect, test, vi } from 'vitest'
import type { ScanDeed } from './deeds.ts'
import { openDeviceStore } from './device-store.ts'
import { openQueue, type Sent } from './queue.ts'

const aDeed = (at: number, facts: Partial<ScanDeed> = {}): ScanDeed => ({
  key: `key-of-${at}`,
  at,
  kind: 'check',
  parcelId: 1,
  parcelNo: 'P1001',
  code: 'CUP-W',
  quantity: 1,
  ...facts,
})

const done: Sent = { kind: 'done', parcel: null }
const later: Sent = { kind: 'later', isSignedOut: false }
const soon = () => 1

/** A server that counts each key once, and may lose its answers. */
function aServer() {
  const counted = new Set<string>()
  let answers = true
  return {
    counted,
    answering: (is: boolean) => {
      answers = is
    },
    send: async (deed: ScanDeed): Promise<Sent> => {
      counted.add(deed.key)
      return answers ? done : later
    },
  }
}

test('fifty scans without network wait on the device; sent again and again, each counts once', async () => {
  const store = await openDeviceStore('scans')
  const server = aServer()
  server.answering(false)
  const queue = await openQueue({ store, send: server.send, onSettled: () => undefined, pauseMs: soon })
  for (let at = 1; at <= 50; at++) await queue.add(aDeed(at))
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ state: 'offline' }))
  expect(queue.state().waiting).toHaveLength(50)
  queue.stop()

  const again = await openQueue({ store, send: server.send, onSettled: () => undefined, pauseMs: soon })
  expect(again.state().waiting.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
  server.answering(true)
  await again.flush()
  expect(again.state()).toMatchObject({ state: 'online', waiting: [] })
  expect(server.counted.size).toBe(50)
  expect(await store.deeds()).toEqual([])
})

test('deeds are sent in the order in which they were done, one at a time', async () => {
  const seen: number[] = []
  let atOnce = 0
  const queue = await openQueue({
    store: await openDeviceStore('scans'),
    send: async (deed) => {
      expect(++atOnce).toBe(1)
      await Promise.resolve()
      atOnce -= 1
      seen.push(deed.at)
      return done
    },
    onSettled: () => undefined,
  })
  await Promise.all([1, 2, 3, 4, 5].map((at) => queue.add(aDeed(at))))
  await vi.waitFor(() => expect(queue.state().waiting).toEqual([]))
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('it tries again by itself, longer apart each time, until the network is back', async () => {
  const pauses: number[] = []
  let failures = 3
  const queue = await openQueue({
    store: await openDeviceStore('scans'),
    send: async () => (failures-- > 0 ? later : done),
    onSettled: () => undefined,
    pauseMs: (tried) => {
      pauses.push(tried)
      return 1
    },
  })
  await queue.add(aDeed(1))
  await vi.waitFor(() => expect(queue.state()).toMatchObject({ state: 'online', waiting: [] }))
  expect(pauses).toEqual([1, 2, 3])
})

test('what the server refuses is told until somebody has read it, and the rest goes on', async () => {
  const store = await openDeviceStore('scans')
  const failure = { code: 'SCAN_REFUSED', zh: '多扫了', en: 'Too many' }
  const settled: string[] = []
  const queue = await openQueue({
    store,
    send: async ({ at }) => (at === 1 ? { kind: 'refused', failure } : done),
    onSettled: ({ at }, { kind }) => settled.push(`${at} ${kind}`),
  })
  await queue.add(aDeed(1))
  await queue.add(aDeed(2, { parcelId: 2 }))
  await vi.waitFor(() => expect(settled).toEqual(['1 refused', '2 done']))
  expect(queue.state().refusals).toMatchObject([{ parcelNo: 'P1001', zh: '多扫了', isStop: false }])
  expect(await store.refusals()).toHaveLength(1)
  await queue.acknowledge(queue.state().refusals[0]!.key)
  expect(await store.refusals()).toEqual([])
})

test('a parcel that is stopped takes its other deeds with it', async () => {
  let open = false
  const sent: string[] = []
  const queue = await openQueue({
    store: await openDeviceStore('scans'),
    send: async (deed) => {
      if (!open) return later
      sent.push(deed.kind)
      if (deed.parcelId !== 1) return done
      return { kind: 'refused', failure: { code: 'PARCEL_STOPPED', zh: '退款', en: 'Refund' } }
    },
    onSettled: () => undefined,
    pauseMs: soon,
  })
  await queue.add(aDeed(1))
  await queue.add(aDeed(2, { kind: 'ship' }))
  await queue.add(aDeed(3, { parcelId: 2, kind: 'ship' }))
  open = true
  await vi.waitFor(() => expect(queue.state().waiting).toEqual([]))
  expect(sent).toEqual(['check', 'ship'])
  expect(queue.state().refusals).toMatchObject([{ isStop: true }])
})

test('a session that ended is told as such, and the deeds wait', async () => {
  const queue = await openQueue({
    store: await openDeviceStore('scans'),
    send: async () => ({ kind: 'later', isSignedOut: true }),
    onSettled: () => undefined,
    pauseMs: () => 60_000,
  })
  await queue.add(aDeed(1))
  await vi.waitFor(() => expect(queue.state().state).toBe('signed-out'))
  expect(queue.state().waiting).toHaveLength(1)
  queue.stop()
})
