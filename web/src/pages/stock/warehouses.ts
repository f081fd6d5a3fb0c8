import { useRead } from '../../query.ts'

const keptMs = 60_000
const none = [] as const

/** The warehouses in use. */
export function useWarehouses() {
  const rows = useRead('GET /warehouses', {}, { staleTime: keptMs }).data?.rows ?? none
  return rows.filter(({ isActive }) => isActive)
}
