import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BatchResult } from '../../../../src/contract/route.ts'
import { call, type Given } from '../../api.ts'
import { countText } from '../../format.ts'
import { Preview, Result } from '../../parts/batch.tsx'
import { PickField } from '../../parts/field.tsx'
import { Go, useGo } from '../../parts/go.tsx'
import { Failed } from '../../parts/states.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { type OrderSelection, ordersMeant } from '../orders/do-deed.ts'
import { useCarriers } from './carriers.ts'

interface DialogProps {
  readonly selection: OrderSelection
  readonly onDone: (ids: readonly number[]) => void
  readonly onClose: () => void
}

/** 配货, seen before: how many, what is left out, which carrier and warehouse; then the way on to the printer. */
export function AllocateDialog({ selection, onDone, onClose }: DialogProps) {
  const words = useWords(fulfilWords)
  const [terms, setTerms] = useState<Terms>({ carrier: '', warehouseId: 0 })
  const [result, setResult] = useState<BatchResult | null>(null)
  const tell = useTelling()
  const [isRunning, setRunning] = useState(false)
  const plan = useQuery({
    queryKey: ['POST /orders/preview', 'allocate', selection],
    queryFn: () => call('POST /orders/preview', { selection, deed: 'allocate' }),
    staleTime: 0,
    gcTime: 0,
  })
  const run = async (ids: readonly number[] | null) => {
    setRunning(true)
    try {
      const answer = await call('POST /parcels/allocate', {
        orderIds: ids === null ? await ordersMeant(selection) : [...ids],
        ...given(terms),
      })
      onDone(answer.doneIds)
      tell(answer.done, answer.parcelIds.length)
      if (answer.leftOut.length > 0) setResult(answer)
      else onClose()
      await reread('GET /orders', 'GET /orders/counts', 'GET /parcels', 'GET /carriers')
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  if (result) {
    return (
      <Result
        title={words.allocate.result}
        result={result}
        linkOf={(label) => <Go to={`/orders/${label}`}>{label}</Go>}
        onRetry={(ids) => void run(ids)}
        onClose={onClose}
      />
    )
  }
  return (
    <Preview
      title={words.allocate.title}
      plan={plan.data}
      facts={<p className="quiet">{words.allocate.help}</p>}
      deed={words.does.allocate(countText(plan.data?.done ?? 0))}
      isRunning={isRunning}
      onDo={() => void run(null)}
      onClose={onClose}
    >
      {plan.error && <Failed error={plan.error} what={words.allocate.title} onAgain={() => void plan.refetch()} />}
      <TermsFields terms={terms} onChange={setTerms} />
    </Preview>
  )
}

interface Terms {
  /** Empty: by the table. */
  readonly carrier: string
  /** 0: the warehouse that each order has. */
  readonly warehouseId: number
}

const given = ({ carrier, warehouseId }: Terms): Pick<Given<'POST /parcels/allocate'>, 'carrier' | 'warehouseId'> => ({
  ...(carrier !== '' && { carrier }),
  ...(warehouseId !== 0 && { warehouseId }),
})

function TermsFields({ terms, onChange }: { readonly terms: Terms; readonly onChange: (terms: Terms) => void }) {
  const words = useWords(fulfilWords).allocate
  const carriers = useCarriers()
  const may = useMay()('stock.read')
  const warehouses = useRead('GET /warehouses', {}, { enabled: may, staleTime: 300_000 }).data?.rows ?? []
  const active = warehouses.filter(({ isActive }) => isActive)
  return (
    <div className="stack spaced">
      <PickField
        label={words.carrier}
        value={terms.carrier}
        options={[
          { value: '', label: words.carrierAuto },
          ...carriers.map(({ code, name, numbersLeft }) => ({
            value: code,
            label: `${name}（${countText(numbersLeft)}）`,
          })),
        ]}
        onChange={(carrier) => onChange({ ...terms, carrier })}
      />
      {active.length > 1 && (
        <PickField
          label={words.warehouse}
          value={terms.warehouseId}
          options={[
            { value: 0, label: words.warehouseAuto },
            ...active.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(warehouseId) => onChange({ ...terms, warehouseId })}
        />
      )}
    </div>
  )
}

function useTelling(): (orders: number, parcels: number) => void {
  const words = useWords(fulfilWords)
  const go = useGo()
  return (orders, parcels) => {
    if (orders === 0) return
    say({
      tone: 'ok',
      text: words.did.allocate(countText(orders)),
      act: { label: words.allocate.toPrint(countText(parcels)), run: () => go('/fulfil?step=to-print') },
    })
  }
}
