import { useRead } from '../query.ts'
import { useMay } from '../session.ts'
import type { EntryId } from './entries.ts'

export interface Waiting {
  readonly count: number
  /** A deadline is near or passed. */
  readonly isUrgent: boolean
}

const everyMs = 60_000
const small = { limit: 1 } as const

/** What waits behind the entries of the menu. The order counts are the same read that the review page uses. */
export function useWaiting(): Partial<Record<EntryId, Waiting>> {
  const may = useMay()
  const watch = (enabled: boolean) => ({ enabled, refetchInterval: everyMs })
  const orders = useRead('GET /orders/counts', {}, watch(may('orders.read'))).data
  const parcels = useRead('GET /parcels', small, watch(may('fulfilment.read'))).data
  const listings = useRead('GET /listings', small, watch(may('catalogue.read'))).data
  const stock = useRead('GET /stock', small, watch(may('stock.read'))).data
  return {
    ...(orders && {
      review: { count: orders.views['to-review'] + orders.views.exceptions, isUrgent: orders.views['late-today'] > 0 },
    }),
    ...(parcels && {
      fulfil: {
        count: parcels.counts['to-print'] + parcels.counts['to-allocate'],
        isUrgent: parcels.counts.stopped > 0,
      },
      check: { count: parcels.counts.printed, isUrgent: false },
    }),
    ...(listings && {
      listings: {
        count: listings.counts.unmatched + listings.counts.proposed,
        isUrgent: listings.counts.unmatched > 0,
      },
    }),
    ...(stock && { stock: { count: stock.counts.short, isUrgent: stock.counts.short > 0 } }),
  }
}
