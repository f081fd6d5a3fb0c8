import { useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { GoodsCell, ReceiverCell } from './cells.tsx'
import { WaybillForm } from './waybill-form.tsx'

interface RunProps {
  readonly parcels: readonly ParcelRow[]
  readonly onClose: () => void
}

/** 逐个扫运单号: one parcel after the other; a scan with its Enter saves and leads to the next. */
export function WaybillRun({ parcels, onClose }: RunProps) {
  const words = useWords(fulfilWords).waybill
  const [at, setAt] = useState(0)
  const [done, setDone] = useState(0)
  const parcel = parcels[at]
  const next = () => setAt(at + 1)
  return (
    <div className="waybill-run">
      <Dialog title={words.run} onClose={onClose}>
        {parcel === undefined ? (
          <div className="stack">
            <p className="preview-figure" role="status">
              {words.allDone} · {words.progress(countText(done), countText(parcels.length))}
            </p>
            <div className="line">
              <Button kind="primary" onPress={onClose}>
                {words.close}
              </Button>
            </div>
          </div>
        ) : (
          <div className="stack">
            <p className="quiet">{words.runHelp}</p>
            <p role="status">
              <strong>{parcel.parcelNo}</strong>{' '}
              <span className="quiet">{words.progress(countText(done), countText(parcels.length))}</span>
            </p>
            <GoodsCell row={parcel} dense={false} />
            <ReceiverCell row={parcel} dense={false} />
            <WaybillForm
              key={parcel.id}
              parcel={parcel}
              isFirst
              onSaved={() => {
                setDone(done + 1)
                next()
              }}
            >
              <Button onPress={next}>{words.skip}</Button>
            </WaybillForm>
          </div>
        )}
      </Dialog>
    </div>
  )
}
