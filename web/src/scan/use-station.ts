import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../session.ts'
import { emptyBench } from './bench-state.ts'
import type { QueueState } from './queue.ts'
import type { Code } from './scanner-keys.ts'
import type { Station } from './station.ts'

const noQueue: QueueState = { state: 'online', waiting: [], refusals: [] }
const never = () => () => undefined
const noBench = () => emptyBench
const emptyQueue = () => noQueue

/**
 * The bench and its queue as they are now; `station` is null for the moment in which the device's store opens. What is scanned in that
 * moment is kept and worked as soon as it is open: no scan is lost.
 */
export function useStation() {
  const personId = useMe().id
  const [station, setStation] = useState<Station | null>(null)
  const [coming] = useState(() => Promise.withResolvers<Station>())
  useEffect(() => {
    let stop: (() => void) | undefined
    let isGone = false
    // The bench is heavier than the page that shows its state, so it comes behind it.
    void import('./station.ts').then(async ({ openStation, attend }) => {
      const opened = await openStation(personId)
      if (isGone) return
      setStation(opened)
      coming.resolve(opened)
      stop = attend(opened)
    })
    return () => {
      isGone = true
      stop?.()
    }
  }, [personId, coming])
  const scan = useCallback((code: Code) => void coming.promise.then(({ bench }) => bench.scan(code)), [coming])
  const bench = useSyncExternalStore(station?.bench.listen ?? never, station?.bench.state ?? noBench)
  const queue = useSyncExternalStore(station?.queue.listen ?? never, station?.queue.state ?? emptyQueue)
  return { station, bench, queue, scan }
}
