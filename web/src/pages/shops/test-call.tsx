import { useQuery } from '@tanstack/react-query'
import { type Answer, call } from '../../api.ts'
import { countText } from '../../format.ts'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'

/** The test call, made once when it is first shown and again by `refetch`; never from memory. */
export function useTest(shopId: number, enabled = true) {
  return useQuery<Answer<'POST /shops/:shopId/test'>, Error>({
    queryKey: ['shop-test', shopId],
    queryFn: ({ signal }) => call('POST /shops/:shopId/test', { shopId }, signal),
    enabled,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** What the platform answered, or why it did not. */
export function TestResult({ test }: { readonly test: ReturnType<typeof useTest> }) {
  const words = useWords(shopWords).test
  if (test.error && !test.isFetching) return <Failed error={test.error} what={words.bad} />
  const { data } = test
  if (data === undefined || test.isFetching)
    return (
      <p className="line" role="status">
        <i className="spin" /> {words.running}
      </p>
    )
  if (!data.ok)
    return (
      <div className="notice" data-tone="err" role="alert">
        <strong>{words.bad}</strong>
        <span>{data.trouble?.zh}</span>
      </div>
    )
  return (
    <div className="notice" data-tone="ok" role="status">
      <strong>{words.good(data.shopName ?? '', countText(data.ms))}</strong>
      {data.channelShopNo && (
        <span>
          {words.number} {data.channelShopNo}
        </span>
      )}
    </div>
  )
}
