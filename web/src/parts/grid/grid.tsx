import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
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
  const { rows, columns, keyOf, selection, openKey = null, isStale } = props
  const words = useWords(partWords).grid
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
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
  const { active, onKeyDown, activate } = useGridKeys({
    ...props,
    grid,
    scrollTo: (at) => virtual.scrollToIndex(at, { align: 'auto' }),
  })
  useFirstFocus(grid, props.takesFocus ?? false)
  const template = templateOf(columns.visible, selection !== undefined)

  return (
    <div className="grid-box" data-stale={isStale || undefined} data-list="">
      <div ref={scroller} className="grid-scroll" onScroll={markScrolled}>
        <div
          ref={grid}
          className="grid"
          {...gridAria({
            label: props.label,
            total: props.total,
            columns: columns.visible.length,
            canSelect: selection !== undefined,
            isStale: isStale ?? false,
            activeId: active === null ? undefined : rowId(active),
          })}
          {...typing(onKeyDown)}
          style={{ minWidth: widthOf(columns.visible, selection !== undefined) }}
        >
          <GridHead {...props} template={template} />
          <div className="grid-rows" {...rowsAria} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]!
              const key = keyOf(row)
              return (
                <GridRow
                  key={item.key}
                  row={row}
                  id={rowId(key)}
                  at={item.index}
                  top={item.start}
                  height={height}
                  template={template}
                  columns={columns.visible}
                  dense={columns.setting.dense}
                  name={props.nameOf(row)}
                  isActive={active === key}
                  isOpen={openKey === key}
                  gone={props.isGone?.(row) ? words.gone : null}
                  isSelected={selection ? selection.isAll || selection.keys.has(key) : null}
                  onPick={() => selection?.toggle(key)}
                  onPress={(event) => activate(item.index, event)}
                />
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

const rowId = (key: number) => `row-${key}`

const widthOf = (columns: readonly { readonly width: number }[], hasBox: boolean) =>
  columns.reduce((sum, column) => sum + column.width, hasBox ? boxWidth : 0)

/** Marks the edges under which something is hidden, so that they can cast a shadow. */
function markScrolled({ currentTarget }: { readonly currentTarget: HTMLDivElement }): void {
  const { scrollLeft, scrollWidth, clientWidth, dataset } = currentTarget
  dataset.left = String(scrollLeft > 0)
  dataset.right = String(scrollLeft + clientWidth < scrollWidth - 1)
}

function useFirstFocus(grid: { readonly current: HTMLElement | null }, wanted: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the rows first stand.
  useEffect(() => {
    if (wanted && document.activeElement === document.body) grid.current?.focus({ preventScroll: true })
  }, [])
}
