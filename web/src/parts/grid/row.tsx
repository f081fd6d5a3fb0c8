import type { CSSProperties, MouseEvent } from 'react'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Check } from '../field.tsx'
import { Tag } from '../signs.tsx'
import { cellAria, pressing, rowAria } from './aria.ts'
import type { GridColumn } from './column.ts'

export const boxWidth = 40

interface RowProps<Row> {
  readonly row: Row
  readonly id: string
  readonly at: number
  readonly top: number
  readonly height: number
  readonly template: string
  readonly columns: readonly GridColumn<Row>[]
  readonly dense: boolean
  readonly name: string
  readonly isActive: boolean
  readonly isOpen: boolean
  /** Null where nothing can be selected. */
  readonly isSelected: boolean | null
  /** Says that the row no longer belongs here. */
  readonly gone: string | null
  readonly onPick: () => void
  readonly onPress: (event: MouseEvent) => void
}

export function GridRow<Row>(props: RowProps<Row>) {
  const { columns, isSelected } = props
  const words = useWords(partWords).grid
  const places = placesOf(columns, isSelected !== null)
  return (
    <div
      id={props.id}
      className="grid-row"
      {...rowAria(props.at + 2, isSelected)}
      {...pressing(props.onPress)}
      data-active={props.isActive || undefined}
      data-open={props.isOpen || undefined}
      data-gone={props.gone !== null || undefined}
      style={{ gridTemplateColumns: props.template, height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {isSelected !== null && (
        <div className="grid-cell grid-pick" {...cellAria} style={{ left: 0 }} data-pin="left">
          <span data-own="">
            <Check bare label={words.selectRow(props.name)} checked={isSelected} onChange={props.onPick} isRow />
          </span>
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          className="grid-cell"
          {...cellAria}
          data-align={column.align}
          data-pin={column.pin}
          style={places[at]}
        >
          {column.render(props.row, props.dense)}
          {at === 0 && props.gone !== null && (
            <span className="grid-gone">
              <Tag>{props.gone}</Tag>
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

/** Where pinned columns stick. */
export function placesOf<Row>(columns: readonly GridColumn<Row>[], hasBox: boolean): (CSSProperties | undefined)[] {
  let left = hasBox ? boxWidth : 0
  return columns.map((column) => {
    if (column.pin === 'right') return { right: 0 }
    if (column.pin !== 'left') return undefined
    const place = { left }
    left += column.width
    return place
  })
}

/** Pinned columns have their width; the others share what is left. */
export function templateOf<Row>(columns: readonly GridColumn<Row>[], hasBox: boolean): string {
  const parts = columns.map(({ width, grow, pin }) => (grow && !pin ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
  const filled = parts.some((part) => part.includes('fr'))
    ? parts
    : parts.map((part, at) => (at === parts.length - 1 ? `minmax(${part}, 1fr)` : part))
  return [...(hasBox ? [`${boxWidth}px`] : []), ...filled].join(' ')
}
