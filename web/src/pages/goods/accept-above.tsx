import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import { call } from '../../api.ts'
import { countText } from '../../format.ts'
import { Preview } from '../../parts/batch.tsx'
import { Failed } from '../../parts/states.tsx'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { reason } from './listing-cells.tsx'
import type { Match } from './listing-deeds.tsx'

interface AboveProps {
  readonly isRunning: boolean
  readonly onMatch: (matches: readonly Match[]) => void
  readonly onClose: () => void
}

const least = 50
const usual = 95
const shown = 12

/** 批量接受: all proposals at least as likely as chosen, with the least sure of them in sight. */
export function AcceptAbove({ isRunning, onMatch, onClose }: AboveProps) {
  const words = useWords(goodsWords).listings
  const [percent, setPercent] = useState(usual)
  const all = useQuery({ queryKey: ['all proposals'], queryFn: allProposals, staleTime: 0, gcTime: 0 })
  const rows = all.data?.filter((row) => (row.proposal?.confidence ?? 0) >= percent)
  const orders = (rows ?? []).reduce((sum, row) => sum + row.waitingOrders, 0)
  const doubtful = [...(rows ?? [])].sort((one, other) => likeness(one) - likeness(other)).slice(0, shown)
  return (
    <Preview
      title={words.above.title}
      plan={rows && { done: rows.length, groups: [] }}
      facts={<p className="quiet">{words.above.effects(countText(orders))}</p>}
      deed={words.above.deed(countText(rows?.length ?? 0))}
      isRunning={isRunning}
      onDo={() =>
        onMatch(
          (rows ?? []).flatMap(({ id, proposal }) => (proposal ? [{ listingId: id, skuId: proposal.skuId }] : [])),
        )
      }
      onClose={onClose}
    >
      <div className="stack spaced">
        {all.error && <Failed error={all.error} what={words.what} onAgain={() => void all.refetch()} />}
        <label className="labelled">
          <span className="label">{words.above.least(percent)}</span>
          <input
            type="range"
            min={least}
            max={100}
            value={percent}
            onChange={(event) => setPercent(Number(event.target.value))}
          />
        </label>
        {doubtful.length > 0 && (
          <section>
            <h3>{words.above.doubtful}</h3>
            <ul className="left-out">
              {doubtful.map((row) => (
                <li key={row.id}>
                  <span>
                    {row.title} {row.specification}
                  </span>
                  <span className="quiet">
                    {row.proposal?.code} · {words.likeness(likeness(row))} · {reason(row.proposal?.why ?? '')}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Preview>
  )
}

const likeness = (row: ListingRow): number => row.proposal?.confidence ?? 0

async function allProposals(): Promise<ListingRow[]> {
  const rows: ListingRow[] = []
  let after: string | undefined
  do {
    const page = await call('GET /listings', { state: 'proposed', limit: 200, after })
    rows.push(...page.rows)
    after = page.next ?? undefined
  } while (after !== undefined)
  return rows
}
