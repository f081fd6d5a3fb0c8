import { type PointerEvent, useRef } from 'react'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Check } from '../field.tsx'
import { headAria, rowAria, rowsAria } from './aria.ts'
import type { GridColumn } from './column.ts'
import type { GridProps } from './grid.tsx'
import { placesOf } from './row.tsx'

type HeadProps<Row> = GridProps<Row> & { readonly rows: readonly Row[]; readonly template: string }

/** The head: titles, sorting by a click, widths by dragging (numbers are in 列设置), the box of the page. */
export function GridHead<Row>({ rows, keyOf, columns, selection, sort, template }: HeadProps<Row>) {
  const words = useWords(partWords).grid
  const places = placesOf(columns.visible, selection !== undefined)
  const keys = rows.map(keyOf)
  const isPage =
    selection !== undefined && keys.length > 0 && (selection.isAll || keys.every((key) => selection.keys.has(key)))
  return (
    <div className="grid-head" {...rowsAria}>
      <div className="grid-head-row" {...rowAria(1, null)} style={{ gridTemplateColumns: template }}>
        {selection && (
          <div className="grid-cell grid-pick" {...headAria()} style={{ left: 0 }} data-pin="left">
            <Check
              bare
              isRow
              label={words.selectPage}
              checked={isPage}
              onChange={(on) => (on ? selection.add(keys) : selection.remove(keys))}
            />
          </div>
        )}
        {columns.visible.map((column, at) => (
          <div
            key={column.id}
            className="grid-cell"
            {...headAria(sortOf(column, sort?.by))}
            data-align={column.align}
            data-pin={column.pin}
            style={places[at]}
          >
            <Title column={column} sort={sort} />
            <Edge width={column.width} onResize={(width) => columns.resize(column.id, width)} />
          </div>
        ))}
      </div>
    </div>
  )
}

const arrows = { ascending: '↑', descending: '↓' }

type Sort<Row> = GridProps<Row>['sort']

function sortOf<Row>(column: GridColumn<Row>, by: string | undefined): 'ascending' | 'descending' | undefined {
  if (by === undefined || column.sort === undefined) return undefined
  if (by === column.sort.up) return 'ascending'
  return by === column.sort.down ? 'descending' : undefined
}

function Title<Row>({ column, sort }: { readonly column: GridColumn<Row>; readonly sort: Sort<Row> }) {
  const words = useWords(partWords).grid
  if (sort === undefined || column.sort === undefined) return <span className="cut">{column.title}</span>
  const now = sortOf(column, sort.by)
  const { up, down } = column.sort
  const next = now === 'ascending' ? (down ?? up) : (up ?? down)
  return (
    <button
      type="button"
      className="grid-sort"
      tabIndex={-1}
      aria-label={words.sortBy(column.title)}
      onClick={() => next && sort.onSort(next)}
    >
      <span className="cut">{column.title}</span>
      <span aria-hidden="true">{now ? arrows[now] : ''}</span>
    </button>
  )
}

/** The right edge of a title: dragging changes the width. */
function Edge({ width, onResize }: { readonly width: number; readonly onResize: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const move = (event: PointerEvent) => {
    if (start.current) onResize(start.current.width + event.clientX - start.current.x)
  }
  return (
    <span
      className="grid-edge"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? width }
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null
      }}
    />
  )
}
