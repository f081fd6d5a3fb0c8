import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { countText } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import { useLanguage, useWords } from '../words/language.ts'
import { scanWords } from '../words/scan.ts'
import { bandText } from './band-text.ts'
import type { BenchState } from './bench-state.ts'
import { checkedOf, type ParcelLine } from './judge.ts'
import type { QueueState } from './queue.ts'

interface BandProps {
  readonly bench: BenchState
  readonly link: QueueState['state']
  /** What is being typed by hand. */
  readonly typing: string
}

/** The band that is read at arm's length: colour, sign, word, counter. */
export function BandView({ bench, link, typing }: BandProps) {
  const words = useWords(scanWords)
  const language = useLanguage()
  const { parcel, band } = bench
  const told = bandText(band, { words: words.band, language, parcel, link })
  const counts = parcel !== null && band.kind !== 'not-now'
  return (
    <section className="bench-band" data-tone={told.tone} aria-live="assertive" aria-atomic="true">
      {counts && (
        <p className="bench-count">
          {countText(checkedOf(parcel))}
          <span>/{countText(parcel.pieces)}</span>
        </p>
      )}
      <p className="bench-word">
        {told.sign && <span className="bench-sign">{told.sign}</span>}
        {told.word}
      </p>
      <p className="bench-more">{told.more}</p>
      {typing && <p className="bench-typing">{words.lines.typing(typing)}</p>}
    </section>
  )
}

/** The goods of the parcel: picture, name, code, how many, how many of them are checked. */
export function BenchLines({ parcel, lineId }: { readonly parcel: ParcelRow; readonly lineId: number | null }) {
  const words = useWords(scanWords).lines
  return (
    <section className="bench-lines" aria-label={words.title}>
      <p className="bench-facts">
        <strong className="mono">{parcel.waybillNo ?? parcel.parcelNo}</strong>
        <span>{parcel.carrierName}</span>
        <span className="quiet">
          {words.sendTo} {parcel.region.province} {parcel.region.city}
        </span>
      </p>
      {parcel.note && (
        <p className="notice" data-tone="warn">
          <strong>{words.note}</strong>
          <span>{parcel.note}</span>
        </p>
      )}
      <ul>
        {parcel.lines.map((line) => (
          <Line key={line.id} line={line} isLast={line.id === lineId} />
        ))}
      </ul>
    </section>
  )
}

const many = 5

function Line({ line, isLast }: { readonly line: ParcelLine; readonly isLast: boolean }) {
  const words = useWords(scanWords).lines
  const isWhole = line.checked >= line.quantity
  return (
    <li className="bench-line" data-whole={isWhole || undefined} data-last={isLast || undefined}>
      {line.imageUrl ? (
        <img src={line.imageUrl} alt="" />
      ) : (
        <span className="bench-blank">
          <Icon name="parcel" />
        </span>
      )}
      <span className="bench-goods">
        <strong>{line.name}</strong>
        <span>{line.specification}</span>
        <span className="mono quiet">{line.code}</span>
        {line.quantity > many && !isWhole && <span className="small">{words.counting(line.name)}</span>}
      </span>
      <span className="bench-got">
        <span className="heard-only">{words.got}</span>
        {isWhole && <i aria-hidden="true">✓</i>}
        {countText(line.checked)} / {countText(line.quantity)}
      </span>
    </li>
  )
}
