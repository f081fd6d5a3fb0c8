import type { FaultPlayer } from '../../aid/faults.ts'
import { type List, list } from './text.ts'

/** One TMC message. `content` is JSON text. Source: taobao.md 16. */
export interface Message {
  readonly id: string
  readonly topic: string
  readonly content: string
  readonly publishedAt: string
}

export interface Messages {
  /** Sets what the shop's messages are about, instead of what held before; null is every topic. Until then nothing is kept. */
  readonly permit: (topics: readonly string[] | null) => void
  readonly publish: (topic: string, content: string, publishedAt: string) => void
  /** Up to `most` messages; one that is not confirmed comes again after ten minutes [assumed]. */
  readonly consume: (most: number, elapsed: number) => readonly Message[]
  readonly confirm: (ids: readonly string[]) => void
  /** Messages handed over so far, repetitions included. */
  readonly sent: () => number
}

const againAfterMs = 10 * 60_000
const consumeCall = 'taobao.tmc.messages.consume'
/** Above 2^53, so that a careless reader of numbers is caught. */
const firstId = 9_190_912_345_670_001n

export function messageQueue(faults: FaultPlayer): Messages {
  let topics: ReadonlySet<string> | null = new Set()
  let waiting: Message[] = []
  const inFlight = new Map<string, { readonly message: Message; readonly dueAt: number }>()
  /** Those that were put back to come a second time, confirmed or not. */
  const repeated = new Set<string>()
  let published = 0n
  let sent = 0

  function publish(topic: string, content: string, publishedAt: string): void {
    if (topics !== null && !topics.has(topic)) return
    const id = String(firstId + published)
    published += 1n
    if (faults.strikes('lose-push', consumeCall)) return
    waiting.push({ id, topic, content, publishedAt })
  }

  function consume(most: number, elapsed: number): readonly Message[] {
    for (const [id, { message, dueAt }] of inFlight) {
      if (dueAt > elapsed) break
      inFlight.delete(id)
      waiting.push(message)
    }
    if (waiting.length > 1 && faults.strikes('reorder', consumeCall)) waiting = faults.chance().shuffled(waiting)
    const batch = waiting.slice(0, most)
    waiting = waiting.slice(batch.length)
    for (const message of batch) {
      inFlight.set(message.id, { message, dueAt: elapsed + againAfterMs })
      if (repeated.has(message.id) || !faults.strikes('duplicate', consumeCall)) continue
      repeated.add(message.id)
      waiting.push(message)
    }
    sent += batch.length
    return batch
  }

  return {
    permit: (wanted) => {
      topics = wanted === null ? null : new Set(wanted)
    },
    publish,
    consume,
    confirm: (ids) => {
      for (const id of ids) inFlight.delete(id)
    },
    sent: () => sent,
  }
}

export interface Sender {
  readonly appKey: string
  readonly userId: string
  readonly nick: string
}

export function messageList(messages: readonly Message[], sender: Sender): List | undefined {
  return list(
    'tmc_message',
    messages.map(({ id, topic, content, publishedAt }) => ({
      id: BigInt(id),
      topic,
      pub_app_key: sender.appKey,
      pub_time: publishedAt,
      user_id: BigInt(sender.userId),
      user_nick: sender.nick,
      content,
    })),
  )
}
