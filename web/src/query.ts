import { QueryClient, type UseQueryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { type Answer, CallFailed, type CallName, call, type Given, type ReadName } from './api.ts'
import { sayFailure } from './parts/toast-store.ts'

/** All that the page has read. A failure that says `later` is tried twice more by itself. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      retry: (tried, error) => tried < 2 && error instanceof CallFailed && error.body.retry === 'later',
      retryDelay: (tried) => 500 * 2 ** tried,
      refetchOnWindowFocus: true,
    },
  },
})

/** A read of the contract, kept under its name and input. */
export const readOf = <K extends ReadName>(name: K, input: Given<K>) => ({
  queryKey: [name, input] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => call(name, input, signal),
})

type ReadOptions<K extends ReadName> = Partial<
  Pick<UseQueryOptions<Answer<K>, Error>, 'enabled' | 'refetchInterval' | 'placeholderData' | 'staleTime' | 'retry'>
>

export function useRead<K extends ReadName>(name: K, input: Given<K>, options: ReadOptions<K> = {}) {
  return useQuery<Answer<K>, Error>({ ...readOf(name, input), ...options } as UseQueryOptions<Answer<K>, Error>)
}

/** Marks these reads as old; those in sight are read again at once. */
export async function reread(...names: readonly ReadName[]): Promise<void> {
  await queries.invalidateQueries({ predicate: ({ queryKey }) => names.includes(queryKey[0] as ReadName) })
}

interface DoOptions<K extends CallName> {
  /** Reads that are old once it is done. */
  readonly changes?: readonly ReadName[]
  readonly onDone?: (answer: Answer<K>, input: Given<K>) => void
  /** True: the caller shows the failure itself. */
  readonly quiet?: boolean
}

/** A deed of the contract: `run(input)`; a failure is shown as a message unless `quiet`. */
export function useDo<K extends CallName>(name: K, { changes = [], onDone, quiet = false }: DoOptions<K> = {}) {
  const { mutate, mutateAsync, isPending, error, reset } = useMutation<Answer<K>, Error, Given<K>>({
    mutationFn: (input) => call(name, input),
    onSuccess: (answer, input) => {
      void reread(...changes)
      onDone?.(answer, input)
    },
    onError: (failure) => {
      if (!quiet) sayFailure(failure)
    },
  })
  return { run: mutate, runAsync: mutateAsync, isRunning: isPending, failure: error, forget: reset }
}
