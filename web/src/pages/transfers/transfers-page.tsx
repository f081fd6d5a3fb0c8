import { Page } from '../../parts/page.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'

/** 导入导出: what was dropped, and what became of it. */
export default function TransfersPage() {
  const words = useWords(transferWords)
  const imports = useRead('GET /imports', {})
  return (
    <Page title={words.title}>
      <Shown read={imports} what={words.what}>
        {(data) => (
          <ul className="stack">
            {data.rows.map((row) => (
              <li key={row.importId} className="card line">
                {row.fileName}
                <span className="quiet">{row.zh}</span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Page>
  )
}
