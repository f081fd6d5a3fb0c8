import type { KeyboardEvent, MouseEvent } from 'react'

/**
 * What readers are told of a list. A table element cannot hold rows that are drawn only where they are seen, so roles and numbers are
 * given by hand; the grid has the focus and the keys for all of them.
 */
export interface GridFacts {
  readonly label: string
  /** Of all pages; null when only "more" is known. */
  readonly total: number | null
  readonly columns: number
  readonly canSelect: boolean
  readonly isStale: boolean
  /** The element of the active row. */
  readonly activeId: string | undefined
}

export const gridAria = ({ label, total, columns, canSelect, isStale, activeId }: GridFacts) => ({
  role: 'grid',
  tabIndex: 0,
  'aria-label': label,
  'aria-rowcount': total === null ? -1 : total + 1,
  'aria-colcount': columns + (canSelect ? 1 : 0),
  'aria-multiselectable': canSelect || undefined,
  'aria-busy': isStale,
  'aria-activedescendant': activeId,
})

export const rowsAria = { role: 'rowgroup' }

/** The head is row 1. `isSelected` is null where nothing can be selected. */
export const rowAria = (at: number, isSelected: boolean | null) => ({
  role: 'row',
  'aria-rowindex': at,
  'aria-selected': isSelected ?? undefined,
})

export const cellAria = { role: 'gridcell' }

export const headAria = (sort?: 'ascending' | 'descending') => ({ role: 'columnheader', 'aria-sort': sort })

export const typing = (onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void) => ({ onKeyDown })

/** A click on a row opens it, unless it was meant for a link, a button or the box, or marked text. */
export const pressing = (onPress: (event: MouseEvent) => void) => ({
  onClick: (event: MouseEvent) => {
    if (!isOwnControl(event)) onPress(event)
  },
})

function isOwnControl(event: MouseEvent): boolean {
  const target = event.target as Element
  return target.closest('a, button, input, label, [data-own]') !== null || String(window.getSelection() ?? '') !== ''
}
