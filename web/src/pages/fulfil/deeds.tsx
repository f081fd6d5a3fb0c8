import { type ReactNode, useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import type { BatchResult } from '../../../../src/contract/route.ts'
import { call } from '../../api.ts'
import { countText } from '../../format.ts'
import { Result } from '../../parts/batch.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread } from '../../query.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { type PrintDocument, rememberLabel } from './print.ts'
import { PrintDialog } from './print-dialog.tsx'
import { ShipDialog } from './ship-dialog.tsx'
import { WaybillRun } from './waybill-run.tsx'

type Parcels = readonly ParcelRow[]

type OpenDialog =
  | { readonly kind: 'print'; readonly parcels: Parcels; readonly document: PrintDocument }
  | { readonly kind: 'ship' | 'cancel' | 'numbers'; readonly parcels: Parcels }
  | { readonly kind: 'result'; readonly title: string; readonly result: BatchResult }

type Deed = 'draw' | 'ship' | 'cancel'

export interface ParcelDeeds {
  readonly print: (parcels: Parcels, document: PrintDocument) => void
  readonly open: (kind: 'ship' | 'cancel' | 'numbers', parcels: Parcels) => void
  readonly draw: (ids: readonly number[]) => void
  readonly isRunning: boolean
  readonly dialogs: ReactNode
}

const changed = [
  'GET /parcels',
  'GET /parcels/:id',
  'GET /carriers',
  'GET /orders',
  'GET /orders/counts',
  'GET /unsent',
] as const

/** What can be done to parcels, with the dialogs for it. `onDone` hears which were done, before their list is read again. */
export function useParcelDeeds(onDone: (ids: readonly number[]) => void): ParcelDeeds {
  const words = useWords(fulfilWords)
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const [isRunning, setRunning] = useState(false)
  const run = async (deed: Deed, title: string, act: () => Promise<BatchResult>) => {
    setRunning(true)
    try {
      const result = await act()
      onDone(result.doneIds)
      setOpen(result.leftOut.length > 0 ? { kind: 'result', title, result } : null)
      if (result.done > 0) say({ tone: 'ok', text: words.did[deed](countText(result.done)) })
      await reread(...changed)
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  const draw = (ids: readonly number[]) =>
    void run('draw', words.draw.result, () => call('POST /parcels/draw-waybills', { parcelIds: [...ids] }))
  const ship = (ids: readonly number[], unchecked: boolean) =>
    void run('ship', words.ship.result, () => call('POST /parcels/ship', { parcelIds: [...ids], unchecked }))
  const cancel = (ids: readonly number[], reason: string) =>
    void run('cancel', words.cancel.result, () => call('POST /parcels/cancel', { parcelIds: [...ids], reason }))
  return {
    print: (parcels, document) => {
      rememberLabel(document)
      setOpen({ kind: 'print', parcels, document })
    },
    open: (kind, parcels) => setOpen({ kind, parcels }),
    draw,
    isRunning,
    dialogs: open && (
      <Dialogs
        open={open}
        isRunning={isRunning}
        onClose={() => setOpen(null)}
        deeds={{ draw, ship, cancel, printed: onDone }}
      />
    ),
  }
}

interface DialogsProps {
  readonly open: OpenDialog
  readonly isRunning: boolean
  readonly onClose: () => void
  readonly deeds: {
    readonly draw: (ids: readonly number[]) => void
    readonly printed: (ids: readonly number[]) => void
    readonly ship: (ids: readonly number[], unchecked: boolean) => void
    readonly cancel: (ids: readonly number[], reason: string) => void
  }
}

function Dialogs({ open, isRunning, onClose, deeds }: DialogsProps) {
  if (open.kind === 'print')
    return (
      <PrintDialog
        parcels={open.parcels}
        document={open.document}
        onDraw={deeds.draw}
        onPrinted={deeds.printed}
        onClose={onClose}
      />
    )
  if (open.kind === 'ship')
    return <ShipDialog parcels={open.parcels} isRunning={isRunning} onShip={deeds.ship} onClose={onClose} />
  if (open.kind === 'numbers') return <WaybillRun parcels={open.parcels} onClose={onClose} />
  if (open.kind === 'result') return <Result title={open.title} result={open.result} onClose={onClose} />
  const ids = open.parcels.map(({ id }) => id)
  return (
    <CancelDialog
      count={ids.length}
      isRunning={isRunning}
      onCancel={(reason) => deeds.cancel(ids, reason)}
      onClose={onClose}
    />
  )
}
