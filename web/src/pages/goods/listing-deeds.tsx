import { type ReactNode, useState } from 'react'
import type { ListingRow, SkuRow } from '../../../../src/contract/catalogue.ts'
import type { BatchResult } from '../../../../src/contract/route.ts'
import { call } from '../../api.ts'
import { countText } from '../../format.ts'
import { Result } from '../../parts/batch.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread } from '../../query.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { AcceptAbove } from './accept-above.tsx'
import { PickDialog } from './pick-dialog.tsx'

export interface Match {
  readonly listingId: number
  readonly skuId: number
}

type OpenDialog =
  | { readonly kind: 'pick'; readonly rows: readonly ListingRow[] }
  | { readonly kind: 'above' }
  | { readonly kind: 'result'; readonly title: string; readonly result: BatchResult }

export interface ListingDeeds {
  readonly accept: (rows: readonly ListingRow[]) => void
  readonly pick: (rows: readonly ListingRow[]) => void
  readonly create: (rows: readonly ListingRow[]) => void
  readonly ignore: (rows: readonly ListingRow[], ignored: boolean) => void
  readonly unmatch: (row: ListingRow) => void
  readonly acceptAbove: () => void
  readonly isRunning: boolean
  readonly dialogs: ReactNode
}

const changed = ['GET /listings', 'GET /skus', 'GET /orders', 'GET /orders/counts', 'GET /stock'] as const
const atOnce = 1_000

interface DeedOptions {
  /** Hears what somebody decided, before the server has answered. */
  readonly onAsk: (rows: readonly ListingRow[]) => void
  /** Hears which were done, before the list is read again. */
  readonly onDone: (ids: readonly number[]) => void
}

/** What can be done to listings. */
export function useListingDeeds({ onAsk, onDone }: DeedOptions): ListingDeeds {
  const words = useWords(goodsWords).listings
  const undone = useWords(partWords).undone
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const [isRunning, setRunning] = useState(false)
  const during = async (act: () => Promise<void>) => {
    setRunning(true)
    try {
      await act()
      await reread(...changed)
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  const takeBack = (ids: readonly number[]) =>
    during(async () => {
      const touched = new Set<string>()
      for (const id of ids) {
        const { touchedOrders } = await call('POST /listings/:id/unmatch', { id })
        for (const orderNo of touchedOrders) touched.add(orderNo)
      }
      say({ tone: 'ok', text: undone, ...(touched.size > 0 && { more: words.touched([...touched]) }) })
    })
  const match = (matches: readonly Match[]) =>
    during(async () => {
      const { done, waiting, leftOut } = await matchAll(matches)
      onDone(done)
      setOpen(leftOut.length > 0 ? resultOf(words.result, done, leftOut) : null)
      if (done.length === 0) return
      say({
        tone: 'ok',
        text: words.did(countText(done.length), countText(waiting)),
        undo: () => void takeBack(done),
      })
    })
  const create = (rows: readonly ListingRow[]) =>
    during(async () => {
      const result = await call('POST /listings/create-skus', { listingIds: rows.map(({ id }) => id) })
      onDone(result.doneIds)
      setOpen(result.leftOut.length > 0 ? { kind: 'result', title: words.result, result } : null)
      if (result.done > 0) say({ tone: 'ok', text: words.created(countText(result.done)) })
    })
  const ignore = (rows: readonly ListingRow[], ignored: boolean): Promise<void> =>
    during(async () => {
      for (const { id } of rows) await call('POST /listings/:id/ignore', { id, ignored })
      onDone(rows.map(({ id }) => id))
      const text = ignored ? words.didIgnore(countText(rows.length)) : words.didUnignore(countText(rows.length))
      say({ tone: 'ok', text, undo: () => void ignore(rows, !ignored) })
    })
  const decide = (rows: readonly ListingRow[], act: () => Promise<void>) => {
    onAsk(rows)
    void act()
  }
  return {
    accept: (rows) => {
      const matches = proposed(rows)
      if (matches.length > 0) decide(rows, () => match(matches))
    },
    pick: (rows) => setOpen({ kind: 'pick', rows }),
    create: (rows) => decide(rows, () => create(rows)),
    ignore: (rows, ignored) => decide(rows, () => ignore(rows, ignored)),
    unmatch: (row) => void takeBack([row.id]),
    acceptAbove: () => setOpen({ kind: 'above' }),
    isRunning,
    dialogs: open && (
      <Dialogs open={open} isRunning={isRunning} onMatch={(all) => void match(all)} onClose={() => setOpen(null)} />
    ),
  }
}

const proposed = (rows: readonly ListingRow[]): Match[] =>
  rows.flatMap(({ id, proposal, state }) =>
    proposal && state !== 'matched' ? [{ listingId: id, skuId: proposal.skuId }] : [],
  )

function resultOf(title: string, doneIds: readonly number[], leftOut: BatchResult['leftOut']): OpenDialog {
  return { kind: 'result', title, result: { done: doneIds.length, doneIds: [...doneIds], leftOut } }
}

/** Matches in pieces that one call takes. */
async function matchAll(matches: readonly Match[]) {
  const done: number[] = []
  const leftOut: BatchResult['leftOut'] = []
  let waiting = 0
  for (let from = 0; from < matches.length; from += atOnce) {
    const answer = await call('POST /listings/match', { matches: matches.slice(from, from + atOnce) })
    done.push(...answer.doneIds)
    leftOut.push(...answer.leftOut)
    waiting += answer.waiting
  }
  return { done, waiting, leftOut }
}

interface DialogsProps {
  readonly open: OpenDialog
  readonly isRunning: boolean
  readonly onMatch: (matches: readonly Match[]) => void
  readonly onClose: () => void
}

function Dialogs({ open, isRunning, onMatch, onClose }: DialogsProps) {
  if (open.kind === 'result') return <Result title={open.title} result={open.result} onClose={onClose} />
  if (open.kind === 'above') return <AcceptAbove isRunning={isRunning} onMatch={onMatch} onClose={onClose} />
  const match = (sku: SkuRow) => onMatch(open.rows.map(({ id }) => ({ listingId: id, skuId: sku.id })))
  return <PickDialog rows={open.rows} isRunning={isRunning} onPick={match} onClose={onClose} />
}
