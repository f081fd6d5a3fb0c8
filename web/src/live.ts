import type { EventName } from '../../src/core/events.ts'
import type { ReadName } from './api.ts'
import { queries, reread } from './query.ts'

/** Which reads are old when something happened. Orders that came new do not move a list that is being read: `useSteadyRows` tells of them. */
const touched = {
  'channels.orders-seen': ['GET /shops', 'GET /home'],
  'channels.listings-seen': ['GET /listings', 'GET /shops'],
  'channels.cases-seen': ['GET /shops'],
  'channels.shop-changed': ['GET /shops', 'GET /shops/:shopId', 'GET /shops/:shopId/first-pull', 'GET /home'],
  'channels.authorisation-expiring': ['GET /shops', 'GET /home'],
  'channels.shipment-reported': ['GET /orders', 'GET /orders/:orderNo', 'GET /parcels', 'GET /unsent', 'GET /shops'],
  'catalogue.listing-matched': ['GET /listings', 'GET /skus', 'GET /orders', 'GET /orders/counts'],
  'inventory.holds-lost': ['GET /stock', 'GET /orders', 'GET /orders/counts', 'GET /orders/:orderNo', 'GET /home'],
  'inventory.changed': ['GET /stock', 'GET /stock/:skuId/movements', 'GET /listings', 'GET /orders/:orderNo'],
  'orders.taken-in': ['GET /orders', 'GET /orders/counts', 'GET /home'],
  'orders.changed': ['GET /orders', 'GET /orders/counts', 'GET /orders/:orderNo', 'GET /home'],
  'orders.approved': ['GET /orders', 'GET /orders/counts', 'GET /orders/:orderNo', 'GET /parcels', 'GET /home'],
  'orders.stopped': ['GET /orders', 'GET /orders/counts', 'GET /orders/:orderNo', 'GET /parcels', 'GET /home'],
  'fulfilment.parcels-changed': ['GET /parcels', 'GET /parcels/:id', 'GET /orders/:orderNo', 'GET /orders/counts'],
  'fulfilment.shipped': ['GET /parcels', 'GET /parcels/:id', 'GET /orders', 'GET /orders/:orderNo', 'GET /unsent'],
  'imports.changed': ['GET /imports', 'GET /imports/:importId'],
  'security.person-changed': ['GET /people', 'GET /roles'],
} as const satisfies Record<EventName, readonly ReadName[]>

/** Whether the page hears of changes at this moment. */
export type Hearing = 'connecting' | 'on' | 'lost'

let hearing: Hearing = 'connecting'
const listeners = new Set<() => void>()

export const hearingNow = (): Hearing => hearing

export function listenToHearing(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const gatherMs = 250
const lostAfterMs = 4_000

/** Listens to the server's hints; after a break everything in sight is read again. Gives a function that stops. */
export function startLive(): () => void {
  const waiting = new Set<ReadName>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  let losing: ReturnType<typeof setTimeout> | undefined
  let wasLost = false
  const source = new EventSource('/live')

  const flush = () => {
    gathering = undefined
    const names = [...waiting]
    waiting.clear()
    void reread(...names)
  }
  source.addEventListener('hint', (event: MessageEvent<string>) => {
    const { name } = JSON.parse(event.data) as { name: EventName }
    for (const read of touched[name] ?? []) waiting.add(read)
    gathering ??= setTimeout(flush, gatherMs)
  })
  source.addEventListener('reread', () => void queries.invalidateQueries())
  source.addEventListener('open', () => {
    clearTimeout(losing)
    losing = undefined
    if (wasLost) void queries.invalidateQueries()
    wasLost = false
    hear('on')
  })
  source.addEventListener('error', () => {
    wasLost = true
    losing ??= setTimeout(() => hear('lost'), lostAfterMs)
  })
  return () => {
    clearTimeout(gathering)
    clearTimeout(losing)
    source.close()
  }
}

function hear(next: Hearing): void {
  hearing = next
  for (const listener of listeners) listener()
}
