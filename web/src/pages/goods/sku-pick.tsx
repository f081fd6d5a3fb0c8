import { type KeyboardEvent, useId, useState } from 'react'
import type { SkuRow } from '../../../../src/contract/catalogue.ts'
import { useRead } from '../../query.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'

interface PickProps {
  readonly label: string
  /** What is searched for first. */
  readonly start?: string
  readonly isFirst?: boolean
  readonly onPick: (sku: SkuRow) => void
}

const found = 8

/** Finds a SKU by code, name or barcode: arrows walk, Enter takes. */
export function SkuPick({ label, start = '', isFirst = false, onPick }: PickProps) {
  const words = useWords(goodsWords).pick
  const id = useId()
  const [text, setText] = useState(start)
  const [at, setAt] = useState(0)
  const search = text.trim()
  const skus = useRead('GET /skus', { search, limit: found }, { enabled: search !== '' })
  const rows = search === '' ? [] : (skus.data?.rows ?? [])
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt(Math.max(0, Math.min(rows.length - 1, at + step)))
    else if (event.key === 'Enter' && rows[at] && !event.nativeEvent.isComposing) onPick(rows[at])
    else return
    event.preventDefault()
  }
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type="search"
        role="combobox"
        autoComplete="off"
        aria-expanded={rows.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={rows[at] && `${id}-${rows[at].id}`}
        data-first={isFirst || undefined}
        // biome-ignore lint/a11y/noAutofocus: only where it is opened in order to type.
        autoFocus={isFirst}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} className="sku-list">
        {rows.map((sku, index) => (
          <button
            key={sku.id}
            id={`${id}-${sku.id}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => onPick(sku)}
          >
            <strong>{sku.code}</strong>
            <span className="cut">
              {sku.productName} {sku.specification}
            </span>
          </button>
        ))}
      </div>
      <span className="help" role="status">
        {search !== '' && skus.data && rows.length === 0 ? words.none(search) : words.help}
      </span>
    </div>
  )
}
