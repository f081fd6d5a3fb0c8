import type { ReactNode } from 'react'

/** A column of a list. Widths are in pixels; what is left over goes to those that grow. */
export interface GridColumn<Row> {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly grow?: number
  readonly align?: 'right'
  /** Stays in sight when the list is scrolled sideways; never grows, never hidden. At most two at the left and one at the right. */
  readonly pin?: 'left' | 'right'
  /** Gives way while details are open beside the list, which show it anyway. */
  readonly yields?: boolean
  /** Not shown until the person chooses it. */
  readonly optional?: boolean
  /** Two lines in 标准; the second line is left out in 紧凑. */
  readonly render: (row: Row, dense: boolean) => ReactNode
  /** The value of the list's sort that this column stands for. */
  readonly sort?: { readonly up?: string; readonly down?: string }
  /** The foot under this column. */
  readonly sum?: ReactNode
}

/** What a person has chosen for one list, kept on this device per list and person. */
export interface GridSetting {
  readonly order: readonly string[]
  readonly shown: Readonly<Record<string, boolean>>
  readonly widths: Readonly<Record<string, number>>
  readonly dense: boolean
}

export const narrowest = 64
export const widest = 640
