import type { Answer } from '../../api.ts'
import { bytesText, countText, fullTimeText, instantOf } from '../../format.ts'
import { Go } from '../../parts/go.tsx'
import { Stat, spanText } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { systemWords } from '../../words/system.ts'

type System = Answer<'GET /system'>

const everyMs = 15_000
const lateSeconds = 300
const diskLowPart = 0.1
const diskLowBytes = 5_000_000_000

/** 概况: what is wrong first, then the figures. */
export function SystemState() {
  const words = useWords(systemWords)
  const read = useRead('GET /system', {}, { refetchInterval: everyMs })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="system-scroll" tabIndex={0} aria-label={words.what}>
      <Shown read={read} what={words.what}>
        {(system) => (
          <>
            <Troubles system={system} />
            <Figures system={system} />
            <Versions system={system} />
          </>
        )}
      </Shown>
    </section>
  )
}

const sumOf = (system: System, field: 'waiting' | 'running' | 'failed') =>
  system.jobs.reduce((sum, job) => sum + job[field], 0)

function Troubles({ system }: { readonly system: System }) {
  const words = useWords(systemWords).state
  const times = useWords(partWords).time
  const failed = sumOf(system, 'failed')
  const oldest = Math.max(0, ...system.jobs.map((job) => job.oldestWaitingSeconds ?? 0))
  const { freeBytes, totalBytes } = system.disk
  const isDiskLow = freeBytes < totalBytes * diskLowPart || freeBytes < diskLowBytes
  const troubles = [
    ...(system.workers === 0 ? [['err', words.noWorker, null] as const] : []),
    ...(failed > 0 ? [['err', words.failures(countText(failed)), '/system?tab=failures'] as const] : []),
    ...(oldest > lateSeconds ? [['warn', words.late(spanText(times, oldest * 1_000)), null] as const] : []),
    ...(isDiskLow ? [['warn', words.diskLow(bytesText(freeBytes)), null] as const] : []),
  ]
  if (troubles.length === 0) {
    return (
      <p className="notice" data-tone="ok" role="status">
        {words.good}
      </p>
    )
  }
  return (
    <ul className="stack" role="status">
      {troubles.map(([tone, text, to]) => (
        <li key={text} className="notice" data-tone={tone}>
          <span className="line wrap">
            <strong>{text}</strong>
            {to && <Go to={to}>{words.seeFailures}</Go>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Figures({ system }: { readonly system: System }) {
  const words = useWords(systemWords).state
  const times = useWords(partWords).time
  return (
    <div className="system-figures card">
      <Stat
        label={words.running}
        value={spanText(times, system.uptimeSeconds * 1_000)}
        more={words.since(fullTimeText(instantOf(system.startedAt)).slice(0, 16))}
      />
      <Stat
        label={words.queue}
        value={countText(sumOf(system, 'waiting'))}
        more={words.runningJobs(countText(sumOf(system, 'running')))}
      />
      <Stat label={words.workers} value={countText(system.workers)} />
      <Stat
        label={words.disk}
        value={bytesText(system.disk.freeBytes)}
        more={words.ofTotal(bytesText(system.disk.totalBytes))}
      />
      <Stat
        label={words.database}
        value={bytesText(system.database.bytes)}
        more={words.connections(countText(system.database.connections))}
      />
      <Stat label={words.memory} value={bytesText(system.memoryBytes)} />
      <Stat label={words.delay} value={words.ms(system.eventLoopDelayMs.toFixed(1))} more={words.delayHelp} />
    </div>
  )
}

function Versions({ system }: { readonly system: System }) {
  const words = useWords(systemWords).state
  const names: Readonly<Record<string, string>> = words.moduleNames
  const { version, migrations, lastMigration } = system.database
  const facts = [
    [words.product, system.version],
    [words.node, system.nodeVersion],
    [words.postgres, version],
    [
      words.migrations,
      lastMigration === null ? countText(migrations) : words.migrated(countText(migrations), lastMigration),
    ],
    [words.modules, system.modules.map((module) => names[module] ?? module).join(' · ')],
  ] as const
  return (
    <section className="card system-facts">
      <h2>{words.facts}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
