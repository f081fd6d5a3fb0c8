import { useState } from 'react'
import type { Warehouse } from '../../../../src/contract/inventory.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Tag } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { stockWords } from '../../words/stock.ts'

/** 仓库: where things lie; distance to the buyer is reckoned from here. */
export function WarehouseList() {
  const words = useWords(stockWords).warehouses
  const may = useMay()('stock.adjust')
  const warehouses = useRead('GET /warehouses', {})
  const [open, setOpen] = useState<Warehouse | 'new' | null>(null)
  return (
    <div className="stack spaced">
      {may && (
        <div className="line">
          <Button onPress={() => setOpen('new')}>{words.create}</Button>
        </div>
      )}
      <Shown read={warehouses} what={words.what}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={words.none}>{words.noneHelp}</Empty>
          ) : (
            <ul className="warehouses">
              {rows.map((row) => (
                <li key={row.id} className="card">
                  <span className="line">
                    <h2>{row.name}</h2>
                    <Tag tone={row.isActive ? 'ok' : 'neutral'}>{row.isActive ? words.on : words.off}</Tag>
                  </span>
                  <span className="quiet">
                    {row.code} · {[row.province, row.city, row.district].filter(Boolean).join(' ')}
                  </span>
                  {may && <WarehouseActs row={row} onEdit={() => setOpen(row)} />}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {open && <WarehouseDialog row={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  )
}

function WarehouseActs({ row, onEdit }: { readonly row: Warehouse; readonly onEdit: () => void }) {
  const words = useWords(stockWords).warehouses
  const change = useDo('PATCH /warehouses/:id', {
    changes: ['GET /warehouses'],
    onDone: () => say({ tone: 'ok', text: words.saved }),
  })
  return (
    <span className="line">
      <Button small name={`${words.edit} ${row.name}`} onPress={onEdit}>
        {words.edit}
      </Button>
      <Button small busy={change.isRunning} onPress={() => change.run({ id: row.id, isActive: !row.isActive })}>
        {row.isActive ? words.switchOff : words.switchOn}
      </Button>
    </span>
  )
}

const fields = ['code', 'name', 'province', 'city', 'district'] as const
type Facts = Record<(typeof fields)[number], string>
const blank: Facts = { code: '', name: '', province: '', city: '', district: '' }

function WarehouseDialog({ row, onClose }: { readonly row: Warehouse | null; readonly onClose: () => void }) {
  const words = useWords(stockWords).warehouses
  const parts = useWords(partWords)
  const [facts, setFacts] = useState<Facts>(() => (row ? pick(row) : blank))
  const [isTold, setTold] = useState(false)
  const onDone = () => {
    say({ tone: 'ok', text: words.saved })
    onClose()
  }
  const options = { quiet: true, changes: ['GET /warehouses'], onDone } as const
  const create = useDo('POST /warehouses', options)
  const change = useDo('PATCH /warehouses/:id', options)
  const failure = create.failure ?? change.failure
  const missing = (name: keyof Facts) => name !== 'district' && facts[name].trim() === ''
  const send = () => {
    setTold(true)
    if (fields.some(missing)) return
    if (row) change.run({ id: row.id, ...facts })
    else create.run(facts)
  }
  return (
    <Dialog
      title={row ? words.edit : words.create}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={create.isRunning || change.isRunning} keys="$mod+Enter">
            {row ? words.save : words.create}
          </Button>
        </>
      }
    >
      <div className="stack">
        {failure && (
          <p className="notice" data-tone="err" role="alert">
            {failureText(failure).text}
          </p>
        )}
        {fields.map((name, at) => (
          <TextField
            key={name}
            label={words.fields[name]}
            isFirst={at === 0}
            value={facts[name]}
            onChange={(value) => setFacts({ ...facts, [name]: value })}
            wrong={isTold && missing(name) ? words.need : null}
          />
        ))}
      </div>
    </Dialog>
  )
}

const pick = ({ code, name, province, city, district }: Warehouse): Facts => ({ code, name, province, city, district })
