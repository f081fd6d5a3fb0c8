import { CallFailed, call } from '../api.ts'
import { countText } from '../format.ts'
import { keep, kept } from '../keep.ts'
import { language, wordsOf } from '../words/language.ts'
import { scanWords } from '../words/scan.ts'
import { openBench } from './bench.ts'
import type { Fact } from './bench-steps.ts'
import { openDeviceStore } from './device-store.ts'
import { openShelf } from './find-parcel.ts'
import { openQueue } from './queue.ts'
import { sendDeed } from './send-deed.ts'
import { play, type Sound, shake, speak } from './sounds.ts'

/** How this bench works, kept on the device since it is the place that is loud or silent, not the person. */
export interface StationSettings {
  readonly ships: boolean
  readonly sound: boolean
  readonly voice: boolean
}

const place = 'tongdan.station'
const usual: StationSettings = { ships: true, sound: true, voice: true }
let settings: StationSettings = { ...usual, ...(kept(place) as Partial<StationSettings> | null) }

export const stationSettings = (): StationSettings => settings

export function changeStation(part: Partial<StationSettings>): void {
  settings = { ...settings, ...part }
  keep(place, settings)
}

let opening: ReturnType<typeof build> | undefined

/**
 * The bench of this device with its queue; there is one, however many pages show it. What waits belongs to whoever scanned it, and is
 * sent only in that person's name.
 */
export function openStation(personId: number): ReturnType<typeof build> {
  opening ??= build(personId)
  return opening
}

export type Station = Awaited<ReturnType<typeof build>>

async function build(personId: number) {
  const store = await openDeviceStore(`tongdan-scans-${personId}`)
  const queue = await openQueue({
    store,
    send: sendDeed,
    onSettled: (deed, sent) => bench.heard(deed, sent),
  })
  const shelf = await openShelf({
    store,
    isOffline: () => !navigator.onLine || queue.state().state === 'offline',
    heard: queue.heard,
  })
  const bench = openBench({
    ...shelf,
    queue,
    now: Date.now,
    play: sound,
    tell,
    shipsByItself: () => settings.ships,
  })
  return { bench, queue, shelf, forget: store.forgetAll }
}

/** Plays a sound as this device is set, and shakes where it can. */
export function sound(which: Sound): void {
  if (settings.sound) play(which)
  shake(which)
}

function tell(fact: Fact): void {
  if (!settings.voice) return
  const words = wordsOf(scanWords).voice
  speak(fact.say === 'pieces' ? words.pieces(countText(fact.count)) : words[fact.say], language())
}

const freshMs = 60_000
const askMs = 5_000

/** Keeps the station fed while it is open: parcels every minute, the network looked for while it is gone. Gives a function that stops. */
export function attend({ queue, shelf }: Station): () => void {
  const fill = () =>
    shelf.fill().then(
      () => queue.heard(true),
      (error: unknown) => noteFailure(error, queue.heard),
    )
  const ask = async () => {
    if (queue.state().state !== 'offline') return
    await call('GET /parcels', { limit: 1 }).then(
      () => queue.heard(true),
      (error: unknown) => noteFailure(error, queue.heard),
    )
  }
  const gone = () => queue.heard(false)
  const back = () => void queue.flush().then(fill)
  const timers = [setInterval(() => void fill(), freshMs), setInterval(() => void ask(), askMs)]
  window.addEventListener('online', back)
  window.addEventListener('offline', gone)
  void queue.flush()
  void fill()
  return () => {
    for (const timer of timers) clearInterval(timer)
    window.removeEventListener('online', back)
    window.removeEventListener('offline', gone)
  }
}

function noteFailure(error: unknown, heard: (isReached: boolean) => void): void {
  if (!(error instanceof CallFailed)) throw error
  heard(error.status !== 0 && error.status < 500)
}
