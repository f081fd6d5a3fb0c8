import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../session.ts'
import { emptyBench } from './bench-state.ts'
import type { QueueState } from './queue.ts'
import type { Station } from './station.ts'

const noQueue: QueueState = { state: 'online', waiting: [], refusals: [] }
const never = () => () => undefined
const noBench = () => emptyBench
const emptyQueue = () => noQueue

/** The bench and its queue as they are now; `station` is null for the moment in which the device's store opens. */
export function useStation() {
  const personId = useMe().id
  const [station, setStation] = useState<Station | null>(null)
  useEffect(() => {
    let stop: (() => void) | undefined
    let isGone = false
    // The bench is heavier than the page that shows its state, so it comes behind it.
    void import('./station.ts').then(async ({ openStation, attend }) => {
      const opened = await openStation(personId)
      if (isGone) return
      setStation(opened)
      stop = attend(opened)
    })
    return () => {
      isGone = true
      stop?.()
    }
  }, [personId])
  const bench = useSyncExternalStore(station?.bench.listen ?? never, station?.bench.state ?? noBench)
  const queue = useSyncExternalStore(station?.queue.listen ?? never, station?.queue.state ?? emptyQueue)
  return { station, bench, queue }
}
