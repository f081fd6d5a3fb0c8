import { useMemo } from 'react'
import type { AuditLine } from '../../../../src/contract/security.ts'
import { deeds } from '../../../../src/core/access/deeds.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Tag, Time } from '../../parts/signs.tsx'
import { auditWords } from '../../words/audit.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { useContent } from './content.ts'

export function useAuditColumns(): readonly GridColumn<AuditLine>[] {
  const words = useWords(auditWords).columns
  return useMemo(
    () =>
      [
        { id: 'at', title: words.at, width: 110, pin: 'left', render: (line) => <Time at={line.at} /> },
        {
          id: 'who',
          title: words.who,
          width: 150,
          pin: 'left',
          render: (line, dense) => <Who line={line} dense={dense} />,
        },
        { id: 'deed', title: words.deed, width: 200, grow: 1, render: (line) => <DeedCell line={line} /> },
        { id: 'object', title: words.object, width: 150, render: (line) => <ObjectCell line={line} /> },
        { id: 'more', title: words.more, width: 280, grow: 3, yields: true, render: (line) => <More line={line} /> },
      ] satisfies GridColumn<AuditLine>[],
    [words],
  )
}

/** A deed in the person's language. A call without a name of its own is told in Chinese by the server, else by its method and path. */
export function useDeedText(): (line: AuditLine) => string {
  const language = useLanguage()
  return (line) => {
    if (language === 'zh') return line.zh
    return (deeds as Readonly<Record<string, { readonly en: string }>>)[line.deed]?.en ?? line.deed
  }
}

export function useObjectText(): (line: AuditLine) => string {
  const objects: Readonly<Record<string, string>> = useWords(auditWords).objects
  return ({ object, objectId }) => [objects[object] ?? object, objectId ?? ''].join(' ').trim()
}

function Who({ line, dense }: { readonly line: AuditLine; readonly dense: boolean }) {
  const kinds = useWords(auditWords).kinds
  return (
    <div className="two">
      <span className="cut">{line.actorKind === 'system' ? kinds.system : line.actorName}</span>
      {!dense && <span>{kinds[line.actorKind]}</span>}
    </div>
  )
}

function DeedCell({ line }: { readonly line: AuditLine }) {
  const text = useDeedText()
  return <span className="cut">{text(line)}</span>
}

function ObjectCell({ line }: { readonly line: AuditLine }) {
  const text = useObjectText()
  return <span className="cut">{text(line)}</span>
}

function More({ line }: { readonly line: AuditLine }) {
  const { summary } = useContent(line)
  return (
    <span className="line">
      {line.purpose !== null && <Tag tone="warn">{line.purpose}</Tag>}
      <span className="cut quiet">{summary}</span>
    </span>
  )
}

export function AuditCard({ line }: { readonly line: AuditLine }) {
  const deed = useDeedText()
  const object = useObjectText()
  return (
    <>
      <div className="line">
        <strong className="cut">{deed(line)}</strong>
        <span className="push quiet">
          <Time at={line.at} />
        </span>
      </div>
      <div className="line">
        <span>{line.actorName}</span>
        <span className="quiet cut">{object(line)}</span>
      </div>
      <More line={line} />
    </>
  )
}
