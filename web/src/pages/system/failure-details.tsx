import type { FailedJob } from '../../../../src/contract/ops.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Time } from '../../parts/signs.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'
import { Because, Settled, useFault } from './failure-cells.tsx'

interface DetailsProps {
  readonly row: FailedJob
  readonly onAsk: (deed: 'retry' | 'dismiss') => void
}

/** One failed job in full: why, what to do next, and what it was given. */
export function FailureDetails({ row, onAsk }: DetailsProps) {
  const words = useWords(systemWords).failures
  const may = useMay()
  const fault = useFault()
  const because = may('system.manage') ? null : words.mayNot
  return (
    <div className="stack details">
      {row.settledAt === null && (
        <div className="line wrap">
          <Button kind="primary" keys="KeyT" because={because} onPress={() => onAsk('retry')}>
            {words.retry}
          </Button>
          <Button keys="KeyD" because={because} onPress={() => onAsk('dismiss')}>
            {words.dismiss}
          </Button>
        </div>
      )}
      <p className="notice" data-tone="err">
        {fault(row)}
      </p>
      {row.settledAt === null && (
        <section>
          <h3>{words.nextStep}</h3>
          <p>{words.next[row.because]}</p>
          {row.because === 'after-authorising' && may('shops.read') && <Go to="/shops">{words.toShops}</Go>}
        </section>
      )}
      <section>
        <h3>{words.facts}</h3>
        <Facts row={row} />
      </section>
      <section>
        <h3>{words.input}</h3>
        <pre className="system-input">
          <code>{JSON.stringify(row.input, null, 2)}</code>
        </pre>
      </section>
    </div>
  )
}

function Facts({ row }: { readonly row: FailedJob }) {
  const words = useWords(systemWords).failures
  const { columns } = words
  const facts = [
    [columns.job, <code key="job">{row.job}</code>],
    [words.code, <code key="code">{row.code}</code>],
    [columns.because, <Because key="because" row={row} />],
    [columns.tried, words.tried(countText(row.tried))],
    [columns.at, <Time key="at" at={row.laidDownAt} />],
    ...(row.settledAt === null ? [] : [[columns.settled, <Settled key="settled" row={row} dense={false} />] as const]),
  ] as const
  return (
    <dl className="facts system-long">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
