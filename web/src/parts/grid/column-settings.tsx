import { useRef, useState } from 'react'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Button } from '../button.tsx'
import { Check, Choices } from '../field.tsx'
import { Popover } from '../popover.tsx'
import { type GridColumn, narrowest, widest } from './column.ts'
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
                <ColumnLine key={column.id} columns={columns} column={column} at={at} />
              ))}
            </ul>
            <Choices
              label={words.dense}
              value={columns.setting.dense ? 'compact' : 'normal'}
              options={(['normal', 'compact'] as const).map((value) => ({ value, label: words[value] }))}
              onChange={(height) => columns.setDense(height === 'compact')}
            />
            <Button kind="link" onPress={columns.reset}>
              {words.reset}
            </Button>
          </div>
        </Popover>
      )}
    </>
  )
}

interface LineProps<Row> {
  readonly columns: GridColumns<Row>
  readonly column: GridColumn<Row>
  readonly at: number
}

function ColumnLine<Row>({ columns, column, at }: LineProps<Row>) {
  const words = useWords(partWords).columns
  const isPinned = column.pin !== undefined
  const width = columns.setting.widths[column.id] ?? column.width
  const resize = (text: string) => {
    if (/^\d+$/.test(text)) columns.resize(column.id, Number(text))
  }
  return (
    <li className="line">
      <Check
        label={column.title}
        checked={columns.isShown(column.id)}
        disabled={isPinned}
        onChange={(shown) => columns.show(column.id, shown)}
      />
      <input
        key={width}
        className="field push column-width"
        type="number"
        aria-label={`${column.title} ${words.width}`}
        min={narrowest}
        max={widest}
        step={10}
        defaultValue={width}
        onBlur={(event) => resize(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') resize(event.currentTarget.value)
        }}
      />
      <Button
        kind="quiet"
        small
        icon="up"
        name={`${words.up} ${column.title}`}
        disabled={at === 0 || isPinned}
        onPress={() => columns.shift(column.id, -1)}
      />
      <Button
        kind="quiet"
        small
        icon="down"
        name={`${words.down} ${column.title}`}
        disabled={at === columns.all.length - 1 || isPinned}
        onPress={() => columns.shift(column.id, 1)}
      />
    </li>
  )
}
