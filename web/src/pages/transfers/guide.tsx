import { Go } from '../../parts/go.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'

/** What may be dropped, and which headers it needs. */
export function Guide() {
  const words = useWords(transferWords).guide
  const files = [
    [words.orders, words.ordersHelp],
    [words.stock, words.stockHelp],
    [words.products, words.productsHelp],
    [words.waybills, words.waybillsHelp],
  ] as const
  return (
    <section className="card">
      <h2>{words.title}</h2>
      <dl className="known-files">
        {files.map(([name, help]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="quiet">{help}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Where files leave the product, as far as the person may. */
export function Exports() {
  const words = useWords(transferWords).out
  const may = useMay()
  const ways = [
    { name: words.orders, help: words.ordersHelp, to: '/orders', offered: may('orders.export') },
    { name: words.shipments, help: words.shipmentsHelp, to: '/shops', offered: may('shops.read') },
    { name: words.audit, help: words.auditHelp, to: '/audit', offered: may('audit.read') },
  ].filter(({ offered }) => offered)
  if (ways.length === 0) return null
  return (
    <section className="card">
      <h2>{words.title}</h2>
      <dl className="known-files">
        {ways.map(({ name, help, to }) => (
          <div key={to}>
            <dt>{name}</dt>
            <dd className="quiet">{help}</dd>
            <dd>
              <Go to={to} name={`${words.go} ${name}`}>
                {words.go}
              </Go>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
