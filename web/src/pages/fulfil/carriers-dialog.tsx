import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText, narrowDigits } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField, Check, TextField } from '../../parts/field.tsx'
import { Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'

type Carrier = Answer<'GET /carriers'>['rows'][number]

/** 快递与号池: which carriers are in use, in which order they are chosen, where they go, and how many numbers are left. */
export function CarriersDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(fulfilWords).carriers
  const carriers = useRead('GET /carriers', {})
  const [filter, setFilter] = useState('')
  const [adding, setAdding] = useState<Carrier | null>(null)
  const wanted = filter.trim()
  if (adding) return <NumbersDialog carrier={adding} onClose={() => setAdding(null)} />
  return (
    <Dialog title={words.title} width={760} shape="drawer" onClose={onClose}>
      <div className="stack">
        <p className="quiet">{words.help}</p>
        <TextField label={words.filter} value={filter} onChange={setFilter} type="search" />
        <Shown read={carriers} what={words.what}>
          {({ rows }) => (
            <div className="table-scroll">
              <table className="table carriers">
                <thead>
                  <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.on}</th>
                    <th scope="col">{words.priority}</th>
                    <th scope="col">{words.provinces}</th>
                    <th scope="col" className="num">
                      {words.left}
                    </th>
                    <th scope="col">
                      <span className="heard-only">{words.add}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {sorted(rows)
                    .filter(({ name, code }) => wanted === '' || name.includes(wanted) || code.includes(wanted))
                    .map((carrier) => (
                      <Row key={carrier.code} carrier={carrier} onAdd={() => setAdding(carrier)} />
                    ))}
                </tbody>
              </table>
            </div>
          )}
        </Shown>
      </div>
    </Dialog>
  )
}

/** Those in use first, in the order in which they are chosen. */
const sorted = (rows: readonly Carrier[]): Carrier[] =>
  [...rows].sort((one, other) => Number(other.isActive) - Number(one.isActive) || one.priority - other.priority)

function Row({ carrier, onAdd }: { readonly carrier: Carrier; readonly onAdd: () => void }) {
  const words = useWords(fulfilWords).carriers
  const change = useDo('PATCH /carriers/:code', {
    changes: ['GET /carriers'],
    onDone: () => say({ tone: 'ok', text: words.saved }),
  })
  const { code, name } = carrier
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Check
          bare
          label={`${words.on} ${name}`}
          checked={carrier.isActive}
          onChange={(isActive) => change.run({ code, isActive })}
        />
      </td>
      <td>
        <Cell
          label={`${words.priority} ${name}`}
          value={String(carrier.priority)}
          isNarrow
          onSave={(text) => {
            const priority = Number(narrowDigits(text))
            if (Number.isInteger(priority) && priority >= 0 && priority <= 1_000) change.run({ code, priority })
          }}
        />
      </td>
      <td>
        <Cell
          label={`${words.provinces} ${name}`}
          value={carrier.provinces.join('、')}
          placeholder={words.everywhere}
          onSave={(text) => change.run({ code, provinces: text.split(/[\s,，、]+/).filter(Boolean) })}
        />
      </td>
      <td className="num">{countText(carrier.numbersLeft)}</td>
      <td>
        <Button small name={`${words.add} ${name}`} onPress={onAdd}>
          {words.add}
        </Button>
      </td>
    </tr>
  )
}

interface CellProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly isNarrow?: boolean
  readonly onSave: (text: string) => void
}

/** A field in a table: saved when one leaves it or presses Enter, and only if it was changed. */
function Cell({ label, value, placeholder, isNarrow, onSave }: CellProps) {
  const [text, setText] = useState(value)
  const [last, setLast] = useState(value)
  if (value !== last) {
    setLast(value)
    setText(value)
  }
  const save = () => {
    if (text.trim() !== value) onSave(text.trim())
  }
  return (
    <input
      className="field"
      data-narrow={isNarrow || undefined}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        save()
      }}
    />
  )
}

function NumbersDialog({ carrier, onClose }: { readonly carrier: Carrier; readonly onClose: () => void }) {
  const words = useWords(fulfilWords).carriers
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<readonly string[]>([])
  const numbers = text.split(/[\s,，、;；]+/).filter((each) => each.length >= 4)
  const add = useDo('POST /carriers/:code/numbers', {
    changes: ['GET /carriers'],
    onDone: (answer) => {
      say({ tone: 'ok', text: words.added(countText(answer.added), countText(answer.known)) })
      setWrong(answer.wrong)
      if (answer.wrong.length === 0) onClose()
      else setText(answer.wrong.join('\n'))
    },
  })
  const send = () => {
    if (numbers.length > 0 && !add.isRunning) add.run({ code: carrier.code, numbers })
  }
  return (
    <Dialog
      title={words.addTitle(carrier.name)}
      onClose={onClose}
      onSend={send}
      foot={
        <Button kind="primary" submit busy={add.isRunning} disabled={numbers.length === 0} keys="$mod+Enter">
          {words.addDeed(countText(numbers.length))}
        </Button>
      }
    >
      <AreaField
        isFirst
        label={words.numbers}
        help={words.numbersHelp}
        rows={12}
        value={text}
        onChange={setText}
        wrong={wrong.length > 0 ? words.wrong(wrong.slice(0, 10).join('、')) : null}
      />
    </Dialog>
  )
}
