import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Go } from '../../parts/go.tsx'
import { spanText, Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { systemWords } from '../../words/system.ts'
import { useJobName } from './names.ts'

type System = Answer<'GET /system'>

const everyMs = 5_000

/** 任务与定时: what waits, runs and failed, and what comes again by itself. */
export function Queue() {
  const words = useWords(systemWords).queue
  const read = useRead('GET /system', {}, { refetchInterval: everyMs })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="system-scroll" tabIndex={0} aria-label={words.what}>
      <Shown read={read} what={words.what}>
        {(system) => (
          <>
            <Jobs jobs={system.jobs} />
            <Schedules schedules={system.schedules} />
          </>
        )}
      </Shown>
    </section>
  )
}

function Jobs({ jobs }: { readonly jobs: System['jobs'] }) {
  const words = useWords(systemWords).queue
  const nameOf = useJobName()
  const { columns } = words
  return (
    <section className="card">
      <h2>{words.title}</h2>
      {jobs.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{columns.job}</th>
                {([columns.waiting, columns.running, columns.failed, columns.oldest] as const).map((title) => (
                  <th key={title} scope="col" className="num">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <tr key={job.job}>
                  <th scope="row" data-tip={job.job}>
                    {nameOf(job.job)}
                  </th>
                  <td className="num">{countText(job.waiting)}</td>
                  <td className="num">{countText(job.running)}</td>
                  <td className="num">
                    {job.failed === 0 ? (
                      countText(0)
                    ) : (
                      <Go to={`/system?tab=failures&job=${encodeURIComponent(job.job)}`}>{countText(job.failed)}</Go>
                    )}
                  </td>
                  <td className="num">
                    <Wait seconds={job.oldestWaitingSeconds} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Schedules({ schedules }: { readonly schedules: System['schedules'] }) {
  const words = useWords(systemWords).queue
  const nameOf = useJobName()
  const { scheduleColumns } = words
  return (
    <section className="card">
      <h2>{words.schedules}</h2>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{scheduleColumns.job}</th>
              <th scope="col" className="num">
                {scheduleColumns.every}
              </th>
              <th scope="col" className="num">
                {scheduleColumns.next}
              </th>
            </tr>
          </thead>
          <tbody>
            {schedules.map((schedule) => (
              <tr key={schedule.job}>
                <th scope="row" data-tip={schedule.job}>
                  {nameOf(schedule.job)}
                </th>
                <td className="num">
                  <Wait seconds={schedule.everySeconds} />
                </td>
                <td className="num">
                  <Time at={schedule.nextAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Under a minute in seconds, else in the usual parts. */
function Wait({ seconds }: { readonly seconds: number | null }) {
  const words = useWords(systemWords).queue
  const times = useWords(partWords).time
  if (seconds === null) return <span className="quiet">—</span>
  return seconds < 60 ? words.seconds(countText(Math.round(seconds))) : spanText(times, seconds * 1_000)
}
