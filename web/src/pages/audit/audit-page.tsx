import { Page } from '../../parts/page.tsx'
import { Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { auditWords } from '../../words/audit.ts'
import { useWords } from '../../words/language.ts'

/** 审计: who did what, and when. */
export default function AuditPage() {
  const words = useWords(auditWords)
  const read = useRead('GET /audit', {})
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
              {data.lines.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Time at={row.at} />
                  </td>
                  <td>{row.actorName}</td>
                  <td>{row.zh}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Page>
  )
}
