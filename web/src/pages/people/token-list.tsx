import { useMemo, useState } from 'react'
import type { ApiToken } from '../../../../src/contract/security.ts'
import { countText } from '../../format.ts'
import { Ask } from '../../parts/ask.tsx'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { Tag, Time } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import type { ViewProps } from './people-list.tsx'
import { RightsRead } from './rights.tsx'
import { cleanPeople } from './search.ts'
import { WholeList } from './whole-list.tsx'

const keyOf = (row: ApiToken) => row.id
const nameOf = (row: ApiToken) => row.name

/** 接口令牌: keys of other programs; those that no longer work stand last. */
export function TokenList({ search, change, onCreate }: ViewProps & { readonly onCreate: () => void }) {
  const words = useWords(peopleWords)
  const list = useRead('GET /tokens', {})
  const all = list.data?.tokens
  const rows = useMemo(() => all && [...all].sort(goodFirst), [all])
  const open = all?.find((row) => row.id === search.open) ?? null
  const columns = useGridColumns('tokens', useColumns(), open !== null)
  return (
    <SplitView
      title={open && <h2 className="cut">{open.name}</h2>}
      details={open && <Details key={open.id} token={open} />}
      onClose={() => change(cleanPeople({ ...search, open: undefined }))}
      list={
        <WholeList
          what={words.tokens.what}
          read={list}
          {...{ rows, columns, keyOf, nameOf }}
          openKey={open?.id ?? null}
          onOpen={(row) => change(cleanPeople({ ...search, open: row?.id }))}
          empty={<NoToken onCreate={onCreate} />}
          card={(row) => <Card row={row} />}
        />
      }
    />
  )
}

const goodFirst = (one: ApiToken, other: ApiToken) =>
  Number(other.state === 'good') - Number(one.state === 'good') || other.id - one.id

function NoToken({ onCreate }: { readonly onCreate: () => void }) {
  const words = useWords(peopleWords).tokens
  return (
    <Empty title={words.empty} act={<Button onPress={onCreate}>{words.create}</Button>}>
      {words.emptyHelp}
    </Empty>
  )
}

function useColumns(): readonly GridColumn<ApiToken>[] {
  const words = useWords(peopleWords).tokens
  return useMemo(() => {
    const { columns } = words
    return [
      {
        id: 'name',
        title: columns.name,
        width: 220,
        pin: 'left',
        render: (row, dense) => <NameCell row={row} dense={dense} />,
      },
      { id: 'state', title: columns.state, width: 90, render: (row) => <StateTag row={row} /> },
      {
        id: 'rights',
        title: columns.rights,
        width: 240,
        grow: 2,
        render: (row, dense) => <RightsCell row={row} dense={dense} />,
      },
      {
        id: 'used',
        title: columns.used,
        width: 130,
        render: (row) => <Time at={row.lastUsedAt} none={words.neverUsed} />,
      },
      {
        id: 'expires',
        title: columns.expires,
        width: 130,
        yields: true,
        render: (row) => <Time at={row.expiresAt} none={words.never} />,
      },
      {
        id: 'by',
        title: columns.by,
        width: 130,
        yields: true,
        render: (row, dense) => <MadeCell row={row} dense={dense} />,
      },
    ] satisfies GridColumn<ApiToken>[]
  }, [words])
}

interface CellProps {
  readonly row: ApiToken
  readonly dense: boolean
}

function NameCell({ row, dense }: CellProps) {
  return (
    <div className="two">
      <strong className="cut">{row.name}</strong>
      {!dense && <span className="mono">{`${row.start}…`}</span>}
    </div>
  )
}

function RightsCell({ row, dense }: CellProps) {
  const words = useWords(peopleWords)
  return (
    <div className="two">
      <span>{words.tokens.rightsCount(countText(row.permissions.length))}</span>
      {!dense && <span className="cut">{row.permissions.map((right) => words.rights[right]).join(words.joint)}</span>}
    </div>
  )
}

function MadeCell({ row, dense }: CellProps) {
  return (
    <div className="two">
      <span className="cut">{row.createdBy}</span>
      {!dense && (
        <span>
          <Time at={row.createdAt} />
        </span>
      )}
    </div>
  )
}

const tones = { good: 'ok', expired: 'warn', revoked: 'neutral' } as const

function StateTag({ row }: { readonly row: ApiToken }) {
  const words = useWords(peopleWords).tokens.states
  return <Tag tone={tones[row.state]}>{words[row.state]}</Tag>
}

function Card({ row }: { readonly row: ApiToken }) {
  return (
    <>
      <div className="line">
        <strong className="cut">{row.name}</strong>
        <span className="push">
          <StateTag row={row} />
        </span>
      </div>
      <RightsCell row={row} dense={false} />
    </>
  )
}

function Details({ token }: { readonly token: ApiToken }) {
  const words = useWords(peopleWords).tokens
  const may = useMay()
  const [asks, setAsks] = useState(false)
  return (
    <div className="stack details">
      {token.state !== 'revoked' && (
        <div className="line">
          <Button kind="danger" onPress={() => setAsks(true)}>
            {words.revoke}
          </Button>
        </div>
      )}
      <Facts token={token} />
      <section>
        <h3>{words.rights}</h3>
        <RightsRead rights={token.permissions} />
      </section>
      {may('audit.read') && (
        <div>
          <Go to={`/audit?token=${token.id}`}>{words.seeDeeds}</Go>
        </div>
      )}
      {asks && <AskRevoke token={token} onClose={() => setAsks(false)} />}
    </div>
  )
}

function Facts({ token }: { readonly token: ApiToken }) {
  const words = useWords(peopleWords).tokens
  const facts = [
    [words.columns.state, <StateTag key="state" row={token} />],
    [words.plain, <code key="start">{`${token.start}…`}</code>],
    [words.createdBy, token.createdBy],
    [words.created, <Time key="at" at={token.createdAt} />],
    [words.columns.used, <Time key="used" at={token.lastUsedAt} none={words.neverUsed} />],
    [words.columns.expires, <Time key="expires" at={token.expiresAt} none={words.never} />],
    ...(token.revokedAt === null ? [] : [[words.revokedAt, <Time key="revoked" at={token.revokedAt} />] as const]),
  ] as const
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function AskRevoke({ token, onClose }: { readonly token: ApiToken; readonly onClose: () => void }) {
  const words = useWords(peopleWords).tokens
  const revoke = useDo('DELETE /tokens/:tokenId', {
    changes: ['GET /tokens'],
    onDone: () => {
      say({ tone: 'ok', text: words.revoked(token.name) })
      onClose()
    },
  })
  return (
    <Ask
      title={words.revokeTitle(token.name)}
      deed={words.revoke}
      isRunning={revoke.isRunning}
      onDo={() => revoke.run({ tokenId: token.id })}
      onClose={onClose}
    >
      {words.revokeBody}
    </Ask>
  )
}
