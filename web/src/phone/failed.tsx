import type { CallFailed } from '../api.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'

/** A read that failed, in words, with a way to try again. */
export function Failed({ failure, onAgain }: { readonly failure: CallFailed; readonly onAgain: () => void }) {
  const words = useWords(phoneWords)
  const language = useLanguage()
  return (
    <div className="notice" data-tone="err" role="alert">
      <strong>{words.failed}</strong>
      <span>{failure.body[language]}</span>
      <button type="button" className="btn" onClick={onAgain}>
        {words.again}
      </button>
    </div>
  )
}

/** Bars where something will stand. */
export function Waiting() {
  const words = useWords(phoneWords)
  return (
    <div className="phone-wait" role="status" aria-label={words.loading}>
      <i />
      <i />
      <i />
    </div>
  )
}
