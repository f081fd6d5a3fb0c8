import { describe, expect } from 'vitest'
import type { IncomingPush } from '../../../src/kit/channel.ts'
import { aidFor } from '../channel-aid.ts'
import type { Rig } from '../rig.ts'
import { buyOne, type Stage } from '../stage.ts'

const hour = 3_600_000
const patienceMs = 2_000

/** A signature of the right form that nobody made; undefined for a header that is none. */
function forged(header: string): string | undefined {
  if (header.includes('signature')) return `v1,${'A'.repeat(43)}=`
  if (header.includes('hmac')) return `${'A'.repeat(43)}=`
  return header === 'sign' || header === 'event-sign' ? '0'.repeat(32) : undefined
}

/** The simulator's own pushes, or a genuine one made for a platform that is only asked for its messages. */
async function pushesAbout(rig: Rig, orderNo: string): Promise<readonly IncomingPush[]> {
  const { pushAbout } = await aidFor(rig.plug.manifest.id)
  const { credentials } = await rig.shop()
  if (pushAbout) return [pushAbout(credentials, orderNo, rig.now())]
  const began = performance.now()
  while (rig.pushes().length === 0 && performance.now() - began < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return rig.pushes()
}

async function onePush(rig: Rig) {
  const { orderNo } = await buyOne(rig)
  const [push] = await pushesAbout(rig, orderNo)
  if (push === undefined) throw new Error('nothing was pushed')
  const { credentials } = await rig.shop()
  const read = (given: IncomingPush, at = rig.now()) => rig.does('webhook.read')(credentials, given, at)
  return { orderNo, push, read }
}

export function asksAboutPushes(stage: Stage): void {
  describe('a push', () => asksAboutWebhooks(stage))
  describe('a message', () => asksAboutMessages(stage))
}

function asksAboutWebhooks({ asks }: Stage): void {
  asks('that is genuine names its order', ['webhook.read'], async (rig) => {
    const { orderNo, push, read } = await onePush(rig)
    const { pushAnswer } = await aidFor(rig.plug.manifest.id)
    const reading = read(push)
    expect(reading).toMatchObject({ accepted: true, reason: null, events: [{ channelOrderNo: orderNo }] })
    if (pushAnswer !== undefined) expect(reading.answer).toBe(pushAnswer)
  })

  asks('that is forged is refused', ['webhook.read'], async (rig) => {
    const { push, read } = await onePush(rig)
    const { signsBody = true } = await aidFor(rig.plug.manifest.id)
    const isRefused = (given: IncomingPush) =>
      expect(read(given)).toMatchObject({ accepted: false, reason: expect.stringMatching(/^[a-z-]+$/), events: [] })
    if (signsBody) {
      isRefused({ ...push, body: push.body.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) })
      isRefused({ ...push, body: `${push.body} ` })
    } else isRefused({ ...push, path: `${push.path}/elsewhere` })
    isRefused({ ...push, headers: {}, query: '' })
    const spoilt = (text: string) => text.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (last) => (last === 'A' ? 'B' : 'A'))
    const headers = Object.entries(push.headers).map(([name, value]) => [name, forged(name) ?? value])
    isRefused({ ...push, headers: Object.fromEntries(headers), query: spoilt(push.query) })
  })

  asks('that is old, or ahead of its time, is refused', ['webhook.read'], async (rig, skip) => {
    const { signsTime = true } = await aidFor(rig.plug.manifest.id)
    if (!signsTime) skip('its pushes sign no time')
    const { push, read } = await onePush(rig)
    expect(read(push, rig.now() + hour)).toMatchObject({ accepted: false, reason: 'too-old', events: [] })
    expect(read(push, rig.now() - hour)).toMatchObject({ accepted: false, reason: 'too-new', events: [] })
  })

  asks('that is repeated has the same number, another has its own', ['webhook.read'], async (rig) => {
    const { push, read } = await onePush(rig)
    const [first] = read(push).events
    expect(read(push).events).toEqual([first])
    await rig.pass(1_000)
    const bought = await buyOne(rig, { seed: 2 })
    const eventsAbout = (pushes: readonly IncomingPush[]) =>
      pushes.flatMap((each) => read(each).events).filter((event) => event.channelOrderNo === bought.orderNo)
    let others = eventsAbout(await pushesAbout(rig, bought.orderNo))
    const began = performance.now()
    while (others.length === 0 && performance.now() - began < patienceMs) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      others = eventsAbout(rig.pushes())
    }
    const [other] = others
    expect(other).toBeDefined()
    expect(other!.eventNo).not.toBe(first!.eventNo)
    expect(first!.eventNo).not.toBe('')
  })
}

const needs = ['messages.pull', 'messages.confirm'] as const

function asksAboutMessages({ asks }: Stage): void {
  asks('names the order that changed, and comes again until it is confirmed', needs, async (rig) => {
    const shop = await rig.shop()
    const { orderNo } = await buyOne(rig)
    const pull = rig.does('messages.pull')
    const first = await pull(shop)
    expect(first.map((event) => event.channelOrderNo)).toContain(orderNo)
    expect(await pull(shop)).toEqual([])
    await rig.pass(hour)
    const again = await pull(shop)
    const numbers = (events: typeof first) => events.map(({ eventNo }) => eventNo).sort()
    expect(numbers(again)).toEqual(numbers(first))
    await rig.does('messages.confirm')(shop, numbers(again))
    await rig.pass(hour)
    expect(await pull(shop)).toEqual([])
  })

  asks('that comes twice or late is recognised by its number', needs, async (rig) => {
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'duplicate', rate: 0.5 }, { kind: 'reorder', rate: 1 })
    const orders = await rig.controls.buy({ count: 8, seed: 3 })
    const events = [...(await rig.does('messages.pull')(shop)), ...(await rig.does('messages.pull')(shop))]
    expect(new Set(events.map(({ channelOrderNo }) => channelOrderNo))).toEqual(
      new Set([
        ...orders.map(({ orderNo }) => orderNo),
        ...(events.some((event) => event.channelOrderNo === null) ? [null] : []),
      ]),
    )
    const bodies = new Map(events.map((event) => [event.eventNo, JSON.stringify(event)]))
    expect(bodies.size).toBeLessThan(events.length)
    for (const event of events) expect(bodies.get(event.eventNo)).toBe(JSON.stringify(event))
  })
}
