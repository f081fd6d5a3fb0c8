import { countText } from '../../format.ts'
import { Go } from '../../parts/go.tsx'
import { Time } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { Pager } from '../shops/pager.tsx'
import { type ImportRow, isWorking, StateTag, useRecognised } from './signs.tsx'

const everyMs = 15_000
const workingMs = 2_000

interface HistoryProps {
  readonly before: number | undefined
  readonly go: (before: number | undefined) => void
}

/** What was dropped, newest first, and what became of it. */
export function History({ before, go }: HistoryProps) {
  const words = useWords(transferWords)
  const read = useRead('GET /imports', { before }, { refetchInterval: everyMs, placeholderData: (old) => old })
  useRead('GET /imports', { before }, { refetchInterval: read.data?.rows.some(isWorking) ? workingMs : false })
  return (
    <section className="card">
      <h2>{words.history.title}</h2>
      <Shown read={read} what={words.what}>
        {(data) =>
          data.rows.length === 0 && before === undefined ? (
            <Empty title={words.history.none}>{words.history.noneHelp}</Empty>
          ) : (
            <>
              <ul className="imports">
                {data.rows.map((row) => (
                  <Line key={row.importId} row={row} />
                ))}
              </ul>
              <Pager before={before} next={data.next} count={data.rows.length} go={go} />
            </>
          )
        }
      </Shown>
    </section>
  )
}

function Line({ row }: { readonly row: ImportRow }) {
  const words = useWords(transferWords)
  const recognised = useRecognised()
  const isEnded = row.state === 'done' || row.state === 'stopped' || row.state === 'undone'
  return (
    <li>
      <span className="import-name">
        <Go to={`/transfers?open=${row.importId}`}>{row.fileName}</Go>
        <span className="small quiet">{recognised(row)}</span>
      </span>
      <StateTag state={row.state} />
      <span className="small quiet">
        {isEnded && words.history.counts(countText(row.done), countText(row.known), countText(row.failed))}
        {row.trouble?.zh}
      </span>
      <span className="small quiet import-when">
        {row.by} <Time at={row.uploadedAt} />
      </span>
    </li>
  )
}
