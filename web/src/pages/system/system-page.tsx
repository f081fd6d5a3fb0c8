import { Page } from '../../parts/page.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'

/** 系统: how the product does. */
export default function SystemPage() {
  const words = useWords(systemWords)
  const read = useRead('GET /system', {})
  return (
    <Page title={words.title}>
      <Shown read={read} what={words.what}>
        {(data) => (
          <table className="table">
            <thead>
              <tr>
                {Object.values(words.columns).map((title) => (
                  <th key={title}>{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.jobs.map((row) => (
                <tr key={row.job}>
                  <td>{row.job}</td>
                  <td>{row.waiting}</td>
                  <td>{row.failed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Page>
  )
}
