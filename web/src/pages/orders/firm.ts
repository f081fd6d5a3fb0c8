import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'

const settledMs = 10 * 60_000

/** Findings that nobody may let pass; the server says which. */
export function useFirmFindings(): ReadonlySet<string> {
  const may = useMay()
  const settings = useRead('GET /review/settings', {}, { enabled: may('orders.review'), staleTime: settledMs }).data
  return new Set((settings?.rules ?? []).filter((rule) => rule.isFirm).map((rule) => rule.id))
}
