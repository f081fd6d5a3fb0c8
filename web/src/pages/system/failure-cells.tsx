import { useMemo } from 'react'
import type { FailedJob } from '../../../../src/contract/ops.ts'
import { countText } from '../../format.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Tag, Time } from '../../parts/signs.tsx'
import { useLanguage, useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'
import { useJobName } from './names.ts'

export function useFailureColumns(isSettled: boolean): readonly GridColumn<FailedJob>[] {
  const words = useWords(systemWords).failures
  return useMemo(() => {
    const { columns } = words
    const settled: GridColumn<FailedJob> = {
      id: 'settled',
      title: columns.settled,
      width: 130,
      render: (row, dense) => <Settled row={row} dense={dense} />,
    }
    return [
      {
        id: 'job',
        title: columns.job,
        width: 200,
        pin: 'left',
        render: (row, dense) => <JobCell row={row} dense={dense} />,
      },
      {
        id: 'what',
        title: columns.what,
        width: 280,
        grow: 3,
        render: (row, dense) => <WhatCell row={row} dense={dense} />,
      },
      { id: 'because', title: columns.because, width: 140, render: (row) => <Because row={row} /> },
      {
        id: 'tried',
        title: columns.tried,
        width: 80,
        align: 'right',
        yields: true,
        render: (row) => words.tried(countText(row.tried)),
      },
      { id: 'at', title: columns.at, width: 120, yields: true, render: (row) => <Time at={row.laidDownAt} /> },
      ...(isSettled ? [settled] : []),
    ] satisfies GridColumn<FailedJob>[]
  }, [words, isSettled])
}

/** Why it failed, in the person's language. */
export function useFault(): (row: FailedJob) => string {
  const language = useLanguage()
  return (row) => row[language]
}

interface CellProps {
  readonly row: FailedJob
  readonly dense: boolean
}

function JobCell({ row, dense }: CellProps) {
  const nameOf = useJobName()
  return (
    <div className="two">
      <strong className="cut">{nameOf(row.job)}</strong>
      {!dense && <span className="cut">{row.job}</span>}
    </div>
  )
}

function WhatCell({ row, dense }: CellProps) {
  const fault = useFault()
  return (
    <div className="two">
      <span className="cut">{fault(row)}</span>
      {!dense && <span className="cut">{row.code}</span>}
    </div>
  )
}

const tones = { never: 'err', 'after-authorising': 'warn', 'gave-up': 'info' } as const

export function Because({ row }: { readonly row: FailedJob }) {
  const words = useWords(systemWords).failures.because
  return <Tag tone={tones[row.because]}>{words[row.because]}</Tag>
}

export function Settled({ row, dense }: CellProps) {
  const words = useWords(systemWords).failures.how
  if (row.settledHow === null) return <span className="quiet">—</span>
  return (
    <div className="two">
      <span>{words[row.settledHow]}</span>
      {!dense && (
        <span>
          <Time at={row.settledAt} />
        </span>
      )}
    </div>
  )
}

export function FailureCard({ row }: { readonly row: FailedJob }) {
  const nameOf = useJobName()
  const fault = useFault()
  return (
    <>
      <div className="line">
        <strong className="cut">{nameOf(row.job)}</strong>
        <span className="push quiet">
          <Time at={row.laidDownAt} />
        </span>
      </div>
      <span>{fault(row)}</span>
      <div className="line">
        <Because row={row} />
        {row.settledHow !== null && <Settled row={row} dense />}
      </div>
    </>
  )
}
