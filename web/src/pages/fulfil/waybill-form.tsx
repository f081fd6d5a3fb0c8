import { type ReactNode, useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { Button } from '../../parts/button.tsx'
import { Check, PickField, TextField } from '../../parts/field.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { useCarriers } from './carriers.ts'

interface FormProps {
  readonly parcel: ParcelRow
  readonly isFirst?: boolean
  readonly onSaved?: () => void
  /** Further buttons beside the deed. */
  readonly children?: ReactNode
}

/** 填运单号: typed or scanned; Enter saves. A number that does not look like the carrier's is refused until one insists. */
export function WaybillForm({ parcel, isFirst = false, onSaved, children }: FormProps) {
  const words = useWords(fulfilWords)
  const carriers = useCarriers()
  const [carrier, setCarrier] = useState(parcel.carrier)
  const [waybillNo, setNumber] = useState(parcel.waybillNo ?? '')
  const [force, setForce] = useState(false)
  const set = useDo('POST /parcels/:id/waybill', {
    quiet: true,
    changes: ['GET /parcels', 'GET /parcels/:id'],
    onDone: () => {
      say({ tone: 'ok', text: words.did.waybill })
      onSaved?.()
    },
  })
  const told = set.failure ? failureText(set.failure) : null
  const mayForce = told?.body?.code === 'WAYBILL_REFUSED'
  const chosen = carrier ?? carriers[0]?.code ?? null
  const options = carriers.map(({ code, name }) => ({ value: code, label: name }))
  const known = options.some(({ value }) => value === parcel.carrier)
  const own = parcel.carrier && !known ? [{ value: parcel.carrier, label: parcel.carrierName ?? parcel.carrier }] : []
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== null && waybillNo.trim() !== '' && !set.isRunning)
          set.run({ id: parcel.id, carrier: chosen, waybillNo: waybillNo.trim(), force })
      }}
    >
      <PickField label={words.waybill.carrier} value={chosen} options={[...own, ...options]} onChange={setCarrier} />
      <TextField
        label={words.waybill.number}
        help={words.waybill.help}
        value={waybillNo}
        isFirst={isFirst}
        maxLength={40}
        autoComplete="off"
        onChange={(text) => {
          setNumber(text)
          set.forget()
        }}
        wrong={told?.text ?? null}
      />
      {mayForce && <Check label={words.waybill.force} checked={force} onChange={setForce} />}
      <div className="line wrap">
        <Button kind="primary" submit busy={set.isRunning} disabled={waybillNo.trim() === ''}>
          {words.waybill.save}
        </Button>
        {children}
      </div>
    </form>
  )
}
