import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useWidth } from '../../width.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Skeleton } from '../states.tsx'
import { gridAria, rowsAria, typing } from './aria.ts'
import { Cards } from './cards.tsx'
import { GridHead } from './head.tsx'
import { useGridKeys } from './keys.ts'
import { boxWidth, GridRow, templateOf } from './row.tsx'
import type { Selection } from './selection.ts'
import type { GridColumns } from './setting.ts'

export interface GridProps<Row> {
  /** Its name for readers: 订单列表. */
  readonly label: string
  readonly columns: GridColumns<Row>
  /** Undefined before the first answer. */
  readonly rows: readonly Row[] | undefined
  readonly keyOf: (row: Row) => number
  /** What a reader calls a row: its order number. */
  readonly nameOf: (row: Row) => string
  /** Of all pages; null when only "more" is known. */
  readonly total: number | null
  /** Being read anew: what is shown is old. */
  readonly isStale?: boolean
  readonly selection?: Selection | undefined
  readonly openKey?: number | null
  readonly onOpen?: (row: Row | null) => void
  /** Told when another row becomes the one that keys act on. */
  readonly onActive?: (row: Row) => void
  readonly sort?: { readonly by: string; readonly onSort: (by: string) => void }
  /** Rows that no longer belong here, still shown until the list is loaded anew. */
  readonly isGone?: (row: Row) => boolean
  /** Shown in place of rows when there are none. */
  readonly empty: ReactNode
  /** A row in the phone form. */
  readonly card: (row: Row) => ReactNode
  /** Takes the focus when it first has rows, so that keys work at once. */
  readonly takesFocus?: boolean
}

const rowHeights = { normal: 53, dense: 37 }
const headHeight = 32

/** A list: dense two-line rows, drawn only where they are seen, one tab stop, walked by keys. Below 768 px it is a list of cards. */
export function Grid<Row>(props: GridProps<Row>) {
  const isPhone = useWidth() === 'phone'
  if (props.rows === undefined) return <Waiting dense={props.columns.setting.dense} />
  if (props.rows.length === 0) return <div className="grid-box">{props.empty}</div>
  return isPhone ? <Cards {...props} rows={props.rows} /> : <Rows {...props} rows={props.rows} />
}

function Waiting({ dense }: { readonly dense: boolean }) {
  return (
    <div className="grid-box">
      <div className="grid-head-blank" />
      <Skeleton rows={12} height={dense ? rowHeights.dense : rowHeights.normal} />
    </div>
  )
}

type RowsProps<Row> = GridProps<Row> & { readonly rows: readonly Row[] }

function Rows<Row>(props: RowsProps<Row>) {
  const { rows, columns, selection, isStale = false } = props
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const virtual = useDrawn(props, scroller)
  const keys = useGridKeys({ ...props, grid, scrollTo: (at) => virtual.scrollToIndex(at, { align: 'auto' }) })
  useFirstFocus(grid, props.takesFocus ?? false)
  useEdges(scroller)
  const template = templateOf(columns.visible, selection !== undefined)
  const aria = gridAria({
    label: props.label,
    total: props.total,
    columns: columns.visible.length,
    canSelect: selection !== undefined,
    isStale,
    activeId: keys.active === null ? undefined : rowId(keys.active),
  })
  return (
    <div className="grid-box" data-stale={isStale || undefined} data-list="">
      <div ref={scroller} className="grid-scroll" onScroll={(event) => markEdges(event.currentTarget)}>
        <div
          ref={grid}
          className="grid"
          {...aria}
          {...typing(keys.onKeyDown)}
          style={{ minWidth: widthOf(columns.visible, selection !== undefined) }}
        >
          <GridHead {...props} template={template} />
          <div className="grid-rows" {...rowsAria} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              return row && <Drawn key={item.key} grid={props} row={row} item={item} template={template} keys={keys} />
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

/** Which rows are drawn: those in sight and a few around them. */
function useDrawn<Row>({ rows, keyOf, columns }: RowsProps<Row>, scroller: RefObject<HTMLDivElement | null>) {
  const height = columns.setting.dense ? rowHeights.dense : rowHeights.normal
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    scrollPaddingStart: headHeight,
    getItemKey: (at) => keyOf(rows[at]!),
    initialRect: { width: 1_200, height: 700 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height is the only thing that changes sizes.
  useEffect(() => virtual.measure(), [height])
  return virtual
}

interface DrawnProps<Row> {
  readonly grid: RowsProps<Row>
  readonly row: Row
  readonly item: { readonly index: number; readonly start: number; readonly size: number }
  readonly template: string
  readonly keys: ReturnType<typeof useGridKeys<Row>>
}

function Drawn<Row>({ grid, row, item, template, keys }: DrawnProps<Row>) {
  const { columns, selection, openKey = null } = grid
  const words = useWords(partWords).grid
  const key = grid.keyOf(row)
  return (
    <GridRow
      row={row}
      id={rowId(key)}
      at={item.index}
      top={item.start}
      height={item.size}
      template={template}
      columns={columns.visible}
      dense={columns.setting.dense}
      name={grid.nameOf(row)}
      isActive={keys.active === key}
      isOpen={openKey === key}
      gone={grid.isGone?.(row) ? words.gone : null}
      isSelected={selection ? selection.isAll || selection.keys.has(key) : null}
      onPick={() => selection?.toggle(key)}
      onPress={(event) => keys.activate(item.index, event)}
    />
  )
}

const rowId = (key: number) => `row-${key}`

const widthOf = (columns: readonly { readonly width: number }[], hasBox: boolean) =>
  columns.reduce((sum, column) => sum + column.width, hasBox ? boxWidth : 0)

/** Marks the edges under which something is hidden, so that they can cast a shadow. */
function markEdges(scroller: HTMLDivElement): void {
  const { scrollLeft, scrollWidth, clientWidth, dataset } = scroller
  dataset.left = String(scrollLeft > 0)
  dataset.right = String(scrollLeft + clientWidth < scrollWidth - 1)
}

function useEdges(scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => markEdges(element))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
}

function useFirstFocus(grid: { readonly current: HTMLElement | null }, wanted: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the rows first stand.
  useEffect(() => {
    if (wanted && document.activeElement === document.body) grid.current?.focus({ preventScroll: true })
  }, [])
}
