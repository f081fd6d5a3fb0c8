import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { countText } from '../format.ts'
import type { Language } from '../words/language.ts'
import type { scanWords } from '../words/scan.ts'
import { type Band, isRed } from './bench-state.ts'
import type { QueueState } from './queue.ts'

/** A band in sign, word and tone; each of them alone says whether the parcel may go on. */
export interface BandText {
  readonly tone: 'calm' | 'info' | 'ok' | 'err' | 'stop' | 'warn'
  readonly sign: '✓' | '✕' | '!' | ''
  readonly word: string
  readonly more: string
}

type Words = typeof scanWords.zh.band

interface Telling {
  readonly words: Words
  readonly language: Language
  readonly parcel: ParcelRow | null
  readonly link: QueueState['state']
}

export function bandText(band: Band, telling: Telling): BandText {
  const { words, language, parcel, link } = telling
  if (isRed(band)) return { tone: 'err', sign: '✕', ...redText(band, words) }
  if (band.kind === 'stopped') {
    const more = [band.words?.[language] ?? band.parcelNo, words.stoppedMore].join('\n')
    return { tone: 'stop', sign: '✕', word: words.stopped, more }
  }
  if (band.kind === 'unknown')
    return { tone: 'err', sign: '✕', word: words.unknown, more: words.unknownMore(band.code) }
  if (band.kind === 'refused') {
    return { tone: 'err', sign: '✕', word: words.refused, more: band.words?.[language] ?? '' }
  }
  if (band.kind === 'not-now') {
    const more = words.notNowMore(parcel?.parcelNo ?? '')
    return { tone: 'warn', sign: '!', word: words['not-now'][band.state], more }
  }
  return calmText(band, { words, parcel, link })
}

function redText(band: Band, words: Words): { word: string; more: string } {
  if (band.kind === 'foreign') return { word: words.foreign, more: words.foreignMore(band.code) }
  if (band.kind === 'surplus') return { word: words.surplus, more: words.surplusMore(band.name ?? '') }
  if (band.kind === 'too-few') return { word: words['too-few'], more: words['too-fewMore'](band.name ?? '') }
  return { word: words.mixed, more: words.mixedMore }
}

function calmText(band: Band, { words, parcel, link }: Omit<Telling, 'language'>): BandText {
  if (band.kind === 'right') {
    const { name, checked, quantity } = band.line
    const more = words.rightMore(name, countText(checked), countText(quantity))
    return { tone: 'ok', sign: '✓', word: words.right, more }
  }
  if (band.kind === 'done') return { tone: 'ok', sign: '✓', word: words.done, more: words.doneMore }
  if (band.kind === 'shipped') {
    const word = link === 'online' || link === 'syncing' ? words.shipped : words.shippedOffline
    return { tone: 'ok', sign: '✓', word, more: words.shippedMore }
  }
  if (band.kind === 'opened') {
    return { tone: 'info', sign: '', word: words.opened(countText(parcel?.pieces ?? 0)), more: words.openedMore }
  }
  if (band.kind === 'looking') return { tone: 'calm', sign: '', word: words.looking, more: '' }
  return { tone: 'calm', sign: '', word: words.idle, more: words.idleMore }
}
