import { useLanguage, useWords } from '../words/language.ts'
import { uploadWords } from '../words/upload.ts'
import type { QueueState } from './queue.ts'

interface RefusedProps {
  readonly queue: QueueState
  readonly onRead: (key: string) => void
}

/** What the server refused after the event; it stays until somebody has read it, since a parcel may have to be taken back. */
export function RefusedScans({ queue, onRead }: RefusedProps) {
  const words = useWords(uploadWords).refusals
  const language = useLanguage()
  if (queue.refusals.length === 0) return null
  return (
    <section className="refusals" role="alert" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul>
        {queue.refusals.map((each) => (
          <li key={each.key} data-stop={each.isStop || undefined}>
            <span>{each.isStop ? words.stop(each.parcelNo) : words.one(each.parcelNo, each[language])}</span>
            <button type="button" className="btn" onClick={() => onRead(each.key)}>
              {words.read}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
