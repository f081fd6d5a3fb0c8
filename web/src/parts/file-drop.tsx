import { useId, useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Icon } from './icon.tsx'

interface FileDropProps {
  readonly onFile: (file: File) => void
  /** The file that is on its way. */
  readonly sending?: string | null
  /** `.csv,.xlsx` */
  readonly accept?: string
  readonly help: string
}

/** A place for a file: dropped, or chosen by click or key. */
export function FileDrop({ onFile, sending = null, accept, help }: FileDropProps) {
  const words = useWords(partWords).drop
  const [over, setOver] = useState(false)
  const id = useId()
  const title = over ? words.drop : words.title
  return (
    <label
      className="drop"
      htmlFor={id}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={sending !== null}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <Icon name="upload" />
      <strong>{sending === null ? title : words.sending(sending)}</strong>
      <span className="quiet">{help}</span>
    </label>
  )
}
