import { useCallback, useEffect, useState } from 'react'
import { type Answer, CallFailed, call, type Given, type ReadName } from '../api.ts'

interface Loaded<T> {
  readonly data: T | null
  readonly failure: CallFailed | null
  readonly again: () => void
}

/** Reads a call when the page opens, again every minute, and when it comes back into sight. Null `input`: not now. */
export function useCall<K extends ReadName>(name: K, input: Given<K> | null): Loaded<Answer<K>> {
  const asked = input === null ? null : JSON.stringify(input)
  const [data, setData] = useState<{ asked: string; answer: Answer<K> } | null>(null)
  const [failure, setFailure] = useState<CallFailed | null>(null)
  const read = useCallback(
    async (signal?: AbortSignal) => {
      if (asked === null) return
      try {
        const answer = await call(name, JSON.parse(asked) as Given<K>, signal)
        setData({ asked, answer })
        setFailure(null)
      } catch (error) {
        if (signal?.aborted) return
        if (!(error instanceof CallFailed)) throw error
        setFailure(error)
      }
    },
    [name, asked],
  )
  useEffect(() => {
    const stop = new AbortController()
    const look = () => {
      if (document.visibilityState === 'visible') void read(stop.signal)
    }
    const timer = setInterval(look, everyMs)
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      stop.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [read])
  return { data: data?.asked === asked ? data.answer : null, failure, again: () => void read() }
}

const everyMs = 60_000
