import { useId, useState } from 'react'
import { narrowDigits } from '../format.ts'
import { useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'

interface TypeInProps {
  readonly label: string
  readonly deed: string
  readonly isNumber?: boolean
  /** With an empty text when it was closed. */
  readonly onDone: (text: string) => void
}

/** A code or a count typed with the phone's keyboard. */
export function TypeIn({ label, deed, isNumber = false, onDone }: TypeInProps) {
  const words = useWords(phoneWords)
  const id = useId()
  const [text, setText] = useState('')
  return (
    <form
      className="phone-find"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(narrowDigits(text).trim())
      }}
    >
      <label htmlFor={id}>{label}</label>
      <div className="phone-find-line">
        <input
          id={id}
          className="field"
          // biome-ignore lint/a11y/noAutofocus: it was opened in order to type.
          autoFocus
          autoComplete="off"
          inputMode={isNumber ? 'numeric' : 'text'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="btn" data-kind="primary">
          {deed}
        </button>
      </div>
      <button type="button" className="btn phone-wide" onClick={() => onDone('')}>
        {words.close}
      </button>
    </form>
  )
}
