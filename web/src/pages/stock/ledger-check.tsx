import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { stockWords } from '../../words/stock.ts'

/** 核对库存账: adds up every movement and compares; names whatever does not agree. */
export function useLedgerCheck() {
  const [found, setFound] = useState<Answer<'POST /stock/check'> | null>(null)
  const check = useDo('POST /stock/check', { onDone: setFound })
  return {
    run: () => check.run({}),
    dialog: found && <LedgerResult found={found} onClose={() => setFound(null)} />,
  }
}

interface ResultProps {
  readonly found: Answer<'POST /stock/check'>
  readonly onClose: () => void
}

function LedgerResult({ found, onClose }: ResultProps) {
  const words = useWords(stockWords).ledger
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      onSend={onClose}
      foot={
        <Button kind="primary" submit>
          {words.read}
        </Button>
      }
    >
      {found.drifts.length === 0 ? (
        <p className="preview-figure" role="status">
          {words.agrees(countText(found.checked))}
        </p>
      ) : (
        <div className="stack">
          <p className="preview-figure" data-tone="warn" role="status">
            {words.drifts(countText(found.drifts.length), countText(found.checked))}
          </p>
          <ul className="left-out">
            {found.drifts.map((drift) => (
              <li key={`${drift.skuId} ${drift.warehouseId} ${drift.what}`}>
                <strong>{drift.what}</strong>
                <span className="quiet">
                  {words.drift({
                    sku: String(drift.skuId),
                    warehouse: String(drift.warehouseId),
                    ledger: countText(drift.ledger),
                    stock: countText(drift.stock),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}
