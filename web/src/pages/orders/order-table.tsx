import type { OrderDetail } from '../../../../src/contract/orders.ts'
import { Money, Tag } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { Picture } from './cells.tsx'

/** The lines as a table: goods, quantity, listed, paid, stock. */
export function OrderTable({ order }: { readonly order: OrderDetail }) {
  const words = useWords(orderWords)
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.page.item}</th>
            <th scope="col" className="num">
              {words.page.quantity}
            </th>
            <th scope="col" className="num">
              {words.page.price}
            </th>
            <th scope="col" className="num">
              {words.page.paid}
            </th>
            <th scope="col">{words.page.stock}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <Row key={line.id} order={order} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ order, line }: { readonly order: OrderDetail; readonly line: OrderDetail['lines'][number] }) {
  const words = useWords(orderWords)
  return (
    <tr>
      <th scope="row" className="wraps">
        <div className="with-picture">
          <Picture url={line.imageUrl} />
          <div>
            {line.title}
            <div className="line wrap small quiet">
              <span>{[line.specification, line.skuCode ?? line.merchantCode].filter(Boolean).join(' · ')}</span>
              {line.isGift && <Tag tone="special">{words.details.gift}</Tag>}
              {line.skuId === null && <Tag tone="err">{words.details.unmatched}</Tag>}
              {line.refundState !== 'none' && <Tag tone="warn">{words.lineRefund[line.refundState]}</Tag>}
            </div>
          </div>
        </div>
      </th>
      <td className="num">×{line.quantity}</td>
      <td className="num">
        <Money fen={line.listFen} currency={order.currency} />
      </td>
      <td className="num">
        <Money fen={line.paidFen} currency={order.currency} />
      </td>
      <td className="small">
        {line.available === null ? '—' : words.details.available(line.available)}
        {line.reserved > 0 && ` · ${words.details.reserved(line.reserved)}`}
        {line.shipped > 0 && ` · ${words.details.shipped(line.shipped)}`}
      </td>
    </tr>
  )
}
