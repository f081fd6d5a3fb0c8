import type { Permission } from '../../../core/access/permissions.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import type { Ctx } from '../../../platform/module.ts'

/** What running or previewing an import would bring, in things (orders, SKUs, numbers), not in rows. */
export interface ImportCounts {
  readonly new: number
  /** There already, and not changed by this file. */
  readonly known: number
  readonly changed: number
}

export interface ImportPreview extends ImportCounts {
  readonly errors: readonly CellError[]
}

/** A row that could not be imported after all, such as for a SKU that was deleted meanwhile. */
export interface RowError {
  /** 1 is the first row below the headers. */
  readonly row: number
  readonly zh: string
}

export interface ImportRun {
  readonly importId: number
  readonly sheet: Sheet
  /** Rows to leave out: they have errors. */
  readonly badRows: ReadonlySet<number>
}

/** What cannot be undone, and why, in Chinese. */
export interface UndoLeft {
  readonly label: string
  readonly zh: string
}

/**
 * A kind of file that a module above knows to import (导入种类), given by the apps: stock, products, waybill numbers. `run` and `undo` are
 * called in a transaction which also ends the import, so both happen or neither.
 */
export interface ImportKind {
  readonly kind: 'stock' | 'products' | 'waybills'
  /** Such as 库存表. */
  readonly zh: string
  /** The right that running and undoing it need beside `imports.work`; none when left out. */
  readonly permission?: Permission
  /** Headers whose cells are costs, shown to nobody without `costs.see`. Pure. */
  readonly costs?: (sheet: Sheet) => readonly string[]
  /** What each used column means, in Chinese; null when the headers are not this kind's. Pure. */
  readonly recognise: (sheet: Sheet) => ReadonlyMap<string, string> | null
  readonly preview: (ctx: Ctx, sheet: Sheet) => Promise<ImportPreview>
  readonly run: (ctx: Ctx, run: ImportRun) => Promise<ImportCounts & { readonly errors: readonly RowError[] }>
  readonly previewUndo: (
    ctx: Ctx,
    importId: number,
  ) => Promise<{ readonly undone: number; readonly left: readonly UndoLeft[] }>
  readonly undo: (ctx: Ctx, importId: number) => Promise<void>
}

/** Orders that an import brought, as the order side takes them back. */
export interface ImportedOrders {
  readonly shopId: number
  readonly channelOrderNos: readonly string[]
}

/** How the order side takes imported orders back (撤销导入), given by the apps. `withdraw` is called in the transaction of the undo. */
export interface OrderUndo {
  /** Those that something else has touched (已发货, 已审核 …), with why they stay. Orders it does not know are nobody's. */
  readonly touched: (ctx: Ctx, orders: ImportedOrders) => Promise<ReadonlyMap<string, string>>
  readonly withdraw: (ctx: Ctx, orders: ImportedOrders) => Promise<void>
}

/** What imports need of modules above. */
export interface ImportSeams {
  readonly kinds: readonly ImportKind[]
  readonly orders: OrderUndo
}
