import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { BatchResult } from '../../../../src/contract/route.ts'
import { countText } from '../../format.ts'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import { useTold } from '../../words/told.ts'
import { type Deed, type DeedRun, doDeed, type HoldTerms, undoOf } from './do-deed.ts'
import { useFirmFindings } from './firm.ts'
import type { OpenDialog, RunDeed, Target } from './target.ts'

const DeedDialogs = lazy(() => import('./deed-dialogs.tsx'))

export interface OrderDeeds {
  /** Begins a deed: at once where it can be undone and is about one order, else with a preview. */
  readonly begin: (deed: Deed, target: Target) => void
  readonly edit: (kind: 'remark' | 'warehouse' | 'address', orderNo: string) => void
  readonly run: RunDeed
  readonly isRunning: boolean
  readonly dialogs: ReactNode
}

const changed = [
  'GET /orders',
  'GET /orders/counts',
  'GET /orders/:orderNo',
  'GET /parcels',
  'GET /stock',
  'GET /home',
] as const

/** `onDone`: told of the orders that were done, before their list is read again. */
export function useOrderDeeds(onDone: (deed: Deed, ids: readonly number[]) => void): OrderDeeds {
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const [isRunning, setRunning] = useState(false)
  const tell = useTelling()

  const run = async (asked: DeedRun, before: HoldTerms | null = null) => {
    setRunning(true)
    try {
      const result = await doDeed(asked)
      onDone(asked.deed, result.doneIds)
      setOpen(null)
      const many = 'filter' in asked.selection || asked.selection.ids.length > 1
      if (many && result.leftOut.length > 0) setOpen({ kind: 'result', run: asked, result })
      tell({ asked, result, before, isSingle: !many, again: (next) => void run(next) })
      await reread(...changed)
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  const begin = (deed: Deed, target: Target) => {
    if (deed === 'hold') return setOpen({ kind: 'hold', target })
    const isOne = target.row !== null
    if (!isOne || deed === 'allocate') return setOpen({ kind: 'preview', deed, target })
    void run({ deed, selection: target.selection }, holdOf(target))
  }
  return {
    begin,
    run,
    isRunning,
    edit: (kind, orderNo) => setOpen({ kind, orderNo }),
    dialogs: open && (
      <Suspense fallback={null}>
        <DeedDialogs open={open} isRunning={isRunning} onRun={run} onClose={() => setOpen(null)} />
      </Suspense>
    ),
  }
}

function holdOf({ row }: Target): HoldTerms | null {
  return row?.holdReason ? { reason: row.holdReason, until: row.holdUntil } : null
}

interface Told {
  readonly asked: DeedRun
  readonly result: BatchResult
  readonly before: HoldTerms | null
  readonly isSingle: boolean
  readonly again: (run: DeedRun) => void
}

/** Says what came of it, with the way back, or the way on where one order was refused. */
function useTelling(): (told: Told) => void {
  const words = useWords(orderWords)
  const undone = useWords(partWords).undone
  const firm = useFirmFindings()
  const told = useTold()
  return ({ asked, result, before, isSingle, again }) => {
    const [refused] = result.leftOut
    if (result.done > 0) {
      const back = undoOf(asked, result, before)
      const undo =
        back &&
        (() =>
          void doDeed(back).then(() => reread(...changed).then(() => say({ tone: 'ok', text: undone })), sayFailure))
      say({ tone: 'ok', text: words.did[asked.deed](countText(result.done)), ...(undo && { undo }) })
    }
    if (!isSingle || refused === undefined) return
    const mayPass =
      asked.deed === 'approve' && !asked.overrule && !firm.has(refused.code) && !refused.code.includes(':')
    say({
      tone: 'warn',
      text: words.refused.one(refused.label, told('finding', refused.code, refused.zh)),
      ...(mayPass && {
        act: { label: words.refused.overrule, run: () => again({ ...asked, overrule: true }) },
      }),
    })
  }
}
