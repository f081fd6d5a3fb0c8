import { countText } from '../format.ts'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import type { Outcome } from './count-page.tsx'

/** What a count changed, and which orders are short because of it; or that goods were received. */
export function CountOutcome({ outcome, onNext }: { readonly outcome: Outcome; readonly onNext: () => void }) {
  const words = useWords(pageWords).count
  const { differences, lines } = outcome
  const short = [...new Set((differences ?? []).flatMap(({ shortOrders }) => shortOrders))]
  const good = differences === null ? words.received : words.same
  return (
    <div className="phone-stack" role="status">
      {(differences ?? []).length === 0 ? (
        <p className="notice" data-tone="ok">
          <strong>{good}</strong>
        </p>
      ) : (
        <>
          <h2>{words.differences}</h2>
          <ul className="phone-list">
            {(differences ?? []).map((each) => (
              <li key={each.skuId} className="phone-row">
                {words.difference(
                  lines.find(({ skuId }) => skuId === each.skuId)?.code ?? String(each.skuId),
                  countText(each.before),
                  countText(each.counted),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {short.length > 0 && (
        <p className="notice" data-tone="err">
          {words.short(short.join('、'))}
        </p>
      )}
      <button type="button" className="btn phone-main" data-kind="primary" onClick={onNext}>
        {words.next}
      </button>
    </div>
  )
}
