import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Copy } from '../../parts/copy.tsx'
import { Tag } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'

type Keys = Answer<'GET /system/keys'>

const rotate = 'tongdan keys rotate'

/** 密钥: whether all that is sealed is sealed by the newest key, and how to get there. Keys are only changed on the server. */
export function KeyState() {
  const words = useWords(systemWords).keys
  const read = useRead('GET /system/keys', {})
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="system-scroll" tabIndex={0} aria-label={words.what}>
      <Shown read={read} what={words.what}>
        {(keys) => (
          <>
            <Summary keys={keys} />
            <Columns keys={keys} />
          </>
        )}
      </Shown>
    </section>
  )
}

function Summary({ keys }: { readonly keys: Keys }) {
  const words = useWords(systemWords).keys
  const stale = keys.columns.reduce((sum, column) => sum + column.stale, 0)
  return (
    <section className="card stack">
      <div className="line wrap">
        <h2>{words.title}</h2>
        <Tag tone="info">{words.newest(String(keys.newestKey))}</Tag>
        <Tag tone={keys.isDone ? 'ok' : 'warn'}>{keys.isDone ? words.done : words.stale(countText(stale))}</Tag>
      </div>
      <p className="quiet">{keys.isDone ? words.doneHelp : words.staleHelp}</p>
      <p className="line system-command">
        <code>{rotate}</code>
        <Copy text={rotate} what={words.command} />
      </p>
    </section>
  )
}

function Columns({ keys }: { readonly keys: Keys }) {
  const words = useWords(systemWords).keys
  const names: Readonly<Record<string, string>> = words.names
  const { columns } = words
  return (
    <section className="card">
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.column}</th>
              <th scope="col" className="num">
                {columns.total}
              </th>
              <th scope="col" className="num">
                {columns.stale}
              </th>
              <th scope="col">{columns.keys}</th>
            </tr>
          </thead>
          <tbody>
            {keys.columns.map((column) => (
              <tr key={column.column}>
                <th scope="row" data-tip={column.column}>
                  {names[column.column] ?? column.column}
                </th>
                <td className="num">{countText(column.total)}</td>
                <td className="num">
                  {column.stale > 0 ? <Tag tone="warn">{countText(column.stale)}</Tag> : countText(0)}
                </td>
                <td>{column.keys.map(({ key, rows }) => words.key(key, countText(rows))).join(' · ') || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
