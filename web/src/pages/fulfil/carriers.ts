import { useRead } from '../../query.ts'

const keptMs = 60_000
const none = [] as const

/** The carriers that are in use, the first choice first. */
export function useCarriers() {
  const rows = useRead('GET /carriers', {}, { staleTime: keptMs }).data?.rows ?? none
  return rows.filter((row) => row.isActive).sort((one, other) => one.priority - other.priority)
}
