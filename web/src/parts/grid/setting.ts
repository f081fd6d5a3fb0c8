import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { keep, kept } from '../../keep.ts'
import { useMe } from '../../session.ts'
import { type GridColumn, type GridSetting, narrowest, widest } from './column.ts'

const features = tableFeatures({ columnOrderingFeature, columnSizingFeature, columnVisibilityFeature })
const noRows: readonly object[] = []
const plain: GridSetting = { order: [], shown: {}, widths: {}, dense: false }

/** The columns as the person wants them, and the ways to change that. `yielding`: details are open beside the list. */
export function useGridColumns<Row>(name: string, columns: readonly GridColumn<Row>[], yielding: boolean) {
  const place = `tongdan.grid.${useMe().id}.${name}`
  const [setting, setSetting] = useState<GridSetting>(() => ({ ...plain, ...(kept(place) as GridSetting | null) }))
  const change = (part: Partial<GridSetting>) => {
    const next = { ...setting, ...part }
    setSetting(next)
    keep(place, next)
  }

  const table = useColumnModel(columns, setting)
  const byId = new Map(columns.map((column) => [column.id, column]))
  const all = table.getAllLeafColumns().flatMap((each) => byId.get(each.id) ?? [])
  const visible = table
    .getVisibleLeafColumns()
    .flatMap((each) => {
      const column = byId.get(each.id)
      return column ? [{ ...column, width: each.getSize() }] : []
    })
    .filter((column) => !(yielding && column.yields))
  return {
    visible: pinned(visible),
    all,
    setting,
    isShown: (id: string) => isShown(byId.get(id), setting),
    show: (id: string, shown: boolean) => change({ shown: { ...setting.shown, [id]: shown } }),
    resize: (id: string, width: number) =>
      change({ widths: { ...setting.widths, [id]: Math.round(Math.min(widest, Math.max(narrowest, width))) } }),
    shift: (id: string, by: 1 | -1) =>
      change({
        order: shifted(
          all.map((column) => column.id),
          id,
          by,
        ),
      }),
    setDense: (dense: boolean) => change({ dense }),
    reset: () => change(plain),
  }
}

export type GridColumns<Row> = ReturnType<typeof useGridColumns<Row>>

function useColumnModel<Row>(columns: readonly GridColumn<Row>[], setting: GridSetting) {
  const ids = columns.map((column) => column.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model knows columns by id and width only.
  const model = useMemo(() => columns.map(({ id, width }) => ({ id, size: width })), [ids])
  return useTable({
    features,
    columns: model,
    data: noRows,
    state: {
      columnOrder: setting.order.filter((id) => columns.some((column) => column.id === id)),
      columnVisibility: Object.fromEntries(columns.map((column) => [column.id, isShown(column, setting)])),
      columnSizing: { ...setting.widths },
    },
  })
}

function isShown<Row>(column: GridColumn<Row> | undefined, setting: GridSetting): boolean {
  if (column === undefined) return false
  return column.pin !== undefined || (setting.shown[column.id] ?? !column.optional)
}

/** Pinned columns stand at their edges, whatever the order. */
function pinned<Row>(columns: readonly GridColumn<Row>[]): GridColumn<Row>[] {
  const at = (pin: GridColumn<Row>['pin']) => columns.filter((column) => column.pin === pin)
  return [...at('left'), ...at(undefined), ...at('right')]
}

function shifted(ids: readonly string[], id: string, by: 1 | -1): string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return [...ids]
  const next = [...ids]
  next.splice(from, 1)
  next.splice(to, 0, id)
  return next
}
