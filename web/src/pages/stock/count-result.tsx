import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Go } from '../../parts/go.tsx'
import { useWords } from '../../words/language.ts'
import { stockWords } from '../../words/stock.ts'
import type { Differences } from './lines-dialog.tsx'

interface ResultProps {
  readonly differences: Differences
  readonly names: readonly { readonly skuId: number; readonly code: string; readonly name: string }[]
  readonly onClose: () => void
}

/** What a count changed, and which orders hold less than they need because of it. */
export function CountResult({ differences, names, onClose }: ResultProps) {
  const words = useWords(stockWords).count
  const short = [...new Set(differences.flatMap(({ shortOrders }) => shortOrders))]
  return (
    <Dialog
      title={words.result}
      width={560}
      onClose={onClose}
      onSend={onClose}
      foot={
        <Button kind="primary" submit>
          {words.read}
        </Button>
      }
    >
      <div className="stack">
        {differences.length === 0 && <p className="preview-figure">{words.same}</p>}
        {differences.length > 0 && (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">SKU</th>
                <th scope="col" className="num">
                  {words.before}
                </th>
                <th scope="col" className="num">
                  {words.counted}
                </th>
                <th scope="col" className="num">
                  {words.difference}
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.map((each) => (
                <tr key={`${each.skuId} ${each.warehouseId}`}>
                  <th scope="row">{names.find(({ skuId }) => skuId === each.skuId)?.code ?? each.skuId}</th>
                  <td className="num">{countText(each.before)}</td>
                  <td className="num">{countText(each.counted)}</td>
                  <td className="num strong">{signed(each.counted - each.before)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {short.length > 0 && (
          <div className="notice" data-tone="err">
            <strong>{words.short(countText(short.length))}</strong>
            <span className="line wrap">
              {short.map((orderNo) => (
                <Go key={orderNo} to={`/orders/${orderNo}`}>
                  {orderNo}
                </Go>
              ))}
            </span>
          </div>
        )}
      </div>
    </Dialog>
  )
}

export const signed = (change: number): string =>
  change > 0 ? `+${countText(change)}` : `${change < 0 ? '−' : ''}${countText(Math.abs(change))}`
