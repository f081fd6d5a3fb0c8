import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import type { FailureBody } from '../../../src/contract/route.ts'
import { type Refusal, refusalOf, type ScanDeed } from './deeds.ts'

/** What became of a deed at the server. `later`: it could not be asked; the deed waits. */
export type Sent =
  | { readonly kind: 'done'; readonly parcel: ParcelRow | null }
  | { readonly kind: 'refused'; readonly failure: Pick<FailureBody, 'code' | 'zh' | 'en'> }
  | { readonly kind: 'later'; readonly isSignedOut: boolean }

/** Where deeds and refusals lie until they are settled; it survives a reload and an empty battery. */
export interface DeedStore {
  readonly deeds: () => Promise<ScanDeed[]>
  readonly addDeed: (deed: ScanDeed) => Promise<void>
  readonly removeDeeds: (keys: readonly string[]) => Promise<void>
  readonly refusals: () => Promise<Refusal[]>
  readonly addRefusal: (refusal: Refusal) => Promise<void>
  readonly removeRefusal: (key: string) => Promise<void>
}

/** 在线, 离线 · 待上传 N, 同步中, 登录已失效. */
export interface QueueState {
  readonly state: 'online' | 'offline' | 'syncing' | 'signed-out'
  readonly waiting: readonly ScanDeed[]
  readonly refusals: readonly Refusal[]
}

interface QueueParts {
  readonly store: DeedStore
  readonly send: (deed: ScanDeed) => Promise<Sent>
  readonly onSettled: (deed: ScanDeed, sent: Sent) => void
  /** How long to wait before trying again after `tried` failures. */
  readonly pauseMs?: (tried: number) => number
}

const longestPauseMs = 15_000
const growing = (tried: number): number => Math.min(longestPauseMs, 500 * 2 ** tried)

/** Deeds in the order in which they were done, each sent until the server has answered it. */
export async function openQueue({ store, send, onSettled, pauseMs = growing }: QueueParts) {
  const listeners = new Set<() => void>()
  let now: QueueState = { state: 'online', waiting: byTime(await store.deeds()), refusals: await store.refusals() }
  let isRunning = false
  let tried = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (part: Partial<QueueState>) => {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }
  const drop = async (keys: readonly string[]) => {
    await store.removeDeeds(keys)
    set({ waiting: now.waiting.filter((deed) => !keys.includes(deed.key)) })
  }
  const refuse = async (deed: ScanDeed, refusal: Refusal) => {
    await store.addRefusal(refusal)
    set({ refusals: [...now.refusals, refusal] })
    // A parcel that must not leave needs none of its other deeds.
    const others = refusal.isStop ? now.waiting.filter((each) => each.parcelId === deed.parcelId) : [deed]
    await drop(others.map((each) => each.key))
  }

  /** Sends the oldest. False when it has to wait. */
  const settleOne = async (deed: ScanDeed): Promise<boolean> => {
    const sent = await send(deed)
    if (sent.kind === 'later') {
      set({ state: sent.isSignedOut ? 'signed-out' : 'offline' })
      return false
    }
    tried = 0
    if (sent.kind === 'done') await drop([deed.key])
    else await refuse(deed, refusalOf(deed, sent.failure))
    onSettled(deed, sent)
    return true
  }
  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    if (isRunning) return
    isRunning = true
    try {
      while (now.waiting[0] !== undefined) {
        if (now.state !== 'offline') set({ state: 'syncing' })
        if (await settleOne(now.waiting[0])) continue
        tried += 1
        timer = setTimeout(() => void flush(), pauseMs(tried))
        return
      }
      set({ state: 'online' })
    } finally {
      isRunning = false
    }
  }

  return {
    state: () => now,
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Keeps a deed on this device and sends it as soon as it can be. */
    add: async (deed: ScanDeed): Promise<void> => {
      set({ waiting: [...now.waiting, deed] })
      try {
        await store.addDeed(deed)
      } finally {
        void flush()
      }
    },
    flush,
    /** Says how the server was last reached, for deeds are not the only calls. */
    heard: (isReached: boolean) => {
      if (now.waiting.length > 0) return isReached ? void flush() : undefined
      set({ state: isReached ? 'online' : 'offline' })
    },
    /** Somebody has read a refusal. */
    acknowledge: async (key: string): Promise<void> => {
      set({ refusals: now.refusals.filter((refusal) => refusal.key !== key) })
      await store.removeRefusal(key)
    },
    stop: () => clearTimeout(timer),
  }
}

export type ScanQueue = Awaited<ReturnType<typeof openQueue>>

const byTime = (deeds: readonly ScanDeed[]): ScanDeed[] => [...deeds].sort((one, other) => one.at - other.at)
