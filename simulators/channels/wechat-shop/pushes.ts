import type { Chance } from '../../aid/random.ts'
import { seal, signatureOf } from './callback.ts'
import { eventJson, eventXml, type PlatformEvent, shopUserName } from './events.ts'
import type { KeyRing } from './keys.ts'
import { letters } from './tokens.ts'

/** Seconds before each further attempt of one push. Source: wechat-shop.md 11 [doc]. */
const retrySeconds = [0, 0, 10, 60, 300, 1800, 3600, 3600, 3600] as const
const answerWithinMs = 5000
/** After so many failures in a row nothing is sent for a minute; the number is [assumed]. */
const failuresToMute = 20
const muteMs = 60_000
/** A push held back by `reorder` leaves at the latest after so long, when no other comes by. */
const heldAtMostMs = 2000

export interface PushSurroundings {
  readonly now: () => number
  readonly keys: KeyRing
  readonly appId: string
  readonly dice: Chance
  readonly style: () => PushStyle
  readonly plays: (kind: 'lose-push' | 'duplicate' | 'reorder') => boolean
}

export interface PushStyle {
  readonly pushMode: 'security' | 'plain'
  readonly pushFormat: 'json' | 'xml'
  readonly retryScale: number
}

export interface PushState {
  readonly url: string | null
  /** Pushes not yet taken nor given up. */
  readonly waiting: number
  /** Attempts that were taken, and those that were not. */
  readonly sent: number
  readonly failed: number
  readonly isMuted: boolean
}

export interface Pushes {
  readonly push: (event: PlatformEvent) => void
  readonly state: () => PushState
  /** Other address; what waits for the old one is forgotten. */
  readonly aim: (url: string | null) => void
  /** The check of the address: a GET whose echostr must come back as text. */
  readonly checkAddress: () => Promise<{ readonly isAccepted: boolean; readonly status: number }>
  /** Forgets what waits and what was counted; the address stays. */
  readonly forget: () => void
  readonly close: () => void
}

/** A push written down once; every attempt signs it anew, since the time is signed as well [assumed]. */
interface Push {
  readonly openid: string
  readonly body: string
  /** What is signed beside time and nonce; null in plain mode. */
  readonly encrypted: string | null
  readonly contentType: string
  readonly attempt: number
}

interface Outbox {
  readonly around: PushSurroundings
  readonly timers: Set<NodeJS.Timeout>
  url: string | null
  ready: Push[]
  held: Push | null
  retrying: number
  isRunning: boolean
  sent: number
  failed: number
  failuresInARow: number
  mutedUntil: number
  /** Goes up when everything waiting is forgotten, so that what is under way knows it is out of date. */
  generation: number
}

/** Pushes of the shop: one after the other, again on anything but 200 with `success` or nothing. */
export function createPushes(around: PushSurroundings, url: string | null): Pushes {
  const box: Outbox = {
    around,
    timers: new Set(),
    url,
    ready: [],
    held: null,
    retrying: 0,
    isRunning: false,
    sent: 0,
    failed: 0,
    failuresInARow: 0,
    mutedUntil: 0,
    generation: 0,
  }
  return {
    push: (event) => take(box, event),
    state: () => stateOf(box),
    aim: (next) => {
      clear(box)
      box.url = next
    },
    checkAddress: () => checkAddress(box),
    forget: () => {
      clear(box)
      box.sent = 0
      box.failed = 0
    },
    close: () => {
      clear(box)
      box.url = null
    },
  }
}

function isMuted(box: Outbox): boolean {
  return performance.now() < box.mutedUntil
}

function stateOf(box: Outbox): PushState {
  const { url, ready, held, retrying, isRunning, sent, failed } = box
  const waiting = ready.length + retrying + (held ? 1 : 0) + (isRunning ? 1 : 0)
  return { url, waiting, sent, failed, isMuted: isMuted(box) }
}

function take(box: Outbox, event: PlatformEvent): void {
  const { around } = box
  if (box.url === null || isMuted(box) || around.plays('lose-push')) return
  const push = written(around, event)
  if (box.held === null && around.plays('reorder')) {
    box.held = push
    later(box, heldAtMostMs, () => letHeldGo(box, push))
    return
  }
  box.ready.push(push)
  if (around.plays('duplicate')) box.ready.push(push)
  if (box.held) letHeldGo(box, box.held)
  void run(box)
}

function written({ style, keys, appId, dice }: PushSurroundings, event: PlatformEvent): Push {
  const { pushMode, pushFormat } = style()
  const isJson = pushFormat === 'json'
  const text = isJson ? eventJson(event) : eventXml(event)
  const plain = { openid: event.openid, contentType: isJson ? 'application/json' : 'text/xml', attempt: 0 }
  if (pushMode === 'plain') return { ...plain, body: text, encrypted: null }
  const encrypted = seal(text, { encodingAesKey: keys.nextAesKey(), appId, random: letters(dice, 16) })
  const body = isJson
    ? JSON.stringify({ ToUserName: shopUserName, Encrypt: encrypted })
    : `<xml><ToUserName><![CDATA[${shopUserName}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return { ...plain, body, encrypted }
}

function letHeldGo(box: Outbox, push: Push): void {
  if (box.held !== push) return
  box.held = null
  box.ready.push(push)
  void run(box)
}

async function run(box: Outbox): Promise<void> {
  if (box.isRunning) return
  box.isRunning = true
  const mine = box.generation
  for (let push = box.ready.shift(); push; push = box.ready.shift()) {
    const isTaken = await attempt(box, push)
    if (mine !== box.generation) return
    if (isTaken) box.failuresInARow = 0
    else tryAgain(box, push)
  }
  box.isRunning = false
}

/** Whether the push was taken; counts it. */
async function attempt(box: Outbox, push: Push): Promise<boolean> {
  const { url, generation } = box
  if (url === null) return true
  const answer = await fetch(addressOf(box.around, url, push), {
    method: 'POST',
    headers: { 'content-type': push.contentType },
    body: push.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerWithinMs),
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch(() => ({ status: 0, text: '' }))
  if (generation !== box.generation) return true
  const isTaken = answer.status === 200 && ['', 'success'].includes(answer.text)
  if (isTaken) box.sent += 1
  else box.failed += 1
  return isTaken
}

function tryAgain(box: Outbox, push: Push): void {
  box.failuresInARow += 1
  const { retryScale } = box.around.style()
  if (box.failuresInARow >= failuresToMute) {
    box.failuresInARow = 0
    box.mutedUntil = performance.now() + muteMs
  }
  const seconds = retrySeconds[push.attempt]
  if (seconds === undefined) return
  box.retrying += 1
  later(box, seconds * 1000 * retryScale, () => {
    box.retrying -= 1
    box.ready.push({ ...push, attempt: push.attempt + 1 })
    void run(box)
  })
}

/** The query of a push: what is signed, and last the signature that covers the body. Source: wechat-shop.md 11. */
function addressOf(around: PushSurroundings, url: string, { openid, encrypted }: Push): string {
  const { timestamp, nonce, signature, token } = signing(around)
  const query = new URLSearchParams({ signature, timestamp, nonce, openid })
  if (encrypted !== null) {
    query.set('encrypt_type', 'aes')
    query.set('msg_signature', signatureOf(token, timestamp, nonce, encrypted))
  }
  return withQuery(url, query)
}

function signing({ now, dice, keys }: PushSurroundings) {
  const timestamp = String(Math.floor(now() / 1000))
  const nonce = dice.digits(10)
  const token = keys.keys().callbackToken
  return { timestamp, nonce, token, signature: signatureOf(token, timestamp, nonce) }
}

function withQuery(url: string, query: URLSearchParams): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

async function checkAddress({ url, around }: Outbox) {
  if (url === null) return { isAccepted: false, status: 0 }
  const { timestamp, nonce, signature } = signing(around)
  const echostr = around.dice.digits(19)
  const query = new URLSearchParams({ signature, echostr, timestamp, nonce })
  return fetch(withQuery(url, query), { redirect: 'manual', signal: AbortSignal.timeout(answerWithinMs) })
    .then(async (answer) => ({ isAccepted: (await answer.text()) === echostr, status: answer.status }))
    .catch(() => ({ isAccepted: false, status: 0 }))
}

function later(box: Outbox, ms: number, act: () => void): void {
  const timer = setTimeout(() => {
    box.timers.delete(timer)
    act()
  }, ms)
  timer.unref()
  box.timers.add(timer)
}

function clear(box: Outbox): void {
  box.generation += 1
  for (const timer of box.timers) clearTimeout(timer)
  box.timers.clear()
  box.ready = []
  box.held = null
  box.retrying = 0
  box.isRunning = false
  box.failuresInARow = 0
  box.mutedUntil = 0
}
