import { useRef, useState } from 'react'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Button } from '../button.tsx'
import { Check } from '../field.tsx'
import { Popover } from '../popover.tsx'
import { narrowest, widest } from './column.ts'
import type { GridColumns } from './setting.ts'

/** 列设置: which columns, in which order, how wide, how high the rows; all by key too. */
export function ColumnSettings<Row>({ columns }: { readonly columns: GridColumns<Row> }) {
  const words = useWords(partWords).columns
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={anchor}
        kind="quiet"
        icon="columns"
        name={words.open}
        pressed={open}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} name={words.title} width={380} alignEnd>
          <div className="stack pad">
            <h3>{words.title}</h3>
            <ul className="column-list">
              {columns.all.map((column, at) => (
                <li key={column.id} className="line">
                  <Check
                    label={column.title}
                    checked={columns.isShown(column.id)}
                    disabled={column.pin !== undefined}
                    onChange={(shown) => columns.show(column.id, shown)}
                  />
                  <input
                    className="field push column-width"
                    type="number"
                    aria-label={`${column.title} ${words.width}`}
                    min={narrowest}
                    max={widest}
                    step={10}
                    value={columns.setting.widths[column.id] ?? column.width}
                    onChange={(event) => columns.resize(column.id, Number(event.target.value))}
                  />
                  <Button
                    kind="quiet"
                    small
                    icon="up"
                    name={`${words.up} ${column.title}`}
                    disabled={at === 0 || column.pin !== undefined}
                    onPress={() => columns.shift(column.id, -1)}
                  />
                  <Button
                    kind="quiet"
                    small
                    icon="down"
                    name={`${words.down} ${column.title}`}
                    disabled={at === columns.all.length - 1 || column.pin !== undefined}
                    onPress={() => columns.shift(column.id, 1)}
                  />
                </li>
              ))}
            </ul>
            <div className="choices">
              {[false, true].map((dense) => (
                <label key={String(dense)} className="choice">
                  <input
                    type="radio"
                    name="dense"
                    checked={columns.setting.dense === dense}
                    onChange={() => columns.setDense(dense)}
                  />
                  {dense ? words.compact : words.normal}
                </label>
              ))}
            </div>
            <Button kind="link" onPress={columns.reset}>
              {words.reset}
            </Button>
          </div>
        </Popover>
      )}
    </>
  )
}
