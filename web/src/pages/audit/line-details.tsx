import type { AuditLine } from '../../../../src/contract/security.ts'
import { fullTimeText, instantOf } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { auditWords } from '../../words/audit.ts'
import { useWords } from '../../words/language.ts'
import { useObjectText } from './cells.tsx'
import { type Fact, useContent } from './content.ts'
import type { AuditSearch } from './search.ts'

interface LineProps {
  readonly line: AuditLine
  readonly set: (part: { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) => void
}

/** One line in full, and ways on from it: the same person, deed or object. */
export function LineDetails({ line, set }: LineProps) {
  const words = useWords(auditWords)
  const objectText = useObjectText()
  const { facts } = useContent(line)
  const rows = [
    [words.columns.at, fullTimeText(instantOf(line.at))],
    [words.columns.who, `${line.actorName} · ${words.kinds[line.actorKind]}`],
    [words.columns.object, objectText(line)],
    ...(line.purpose === null ? [] : [[words.details.purpose, line.purpose] as const]),
    [words.details.line, String(line.id)],
  ] as const
  return (
    <div className="stack details">
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h3>{words.details.content}</h3>
        {facts.length === 0 ? <p className="quiet">{words.details.none}</p> : <Content facts={facts} />}
      </section>
      <section>
        <h3>{words.details.onlyThis}</h3>
        <OnlyThis line={line} set={set} />
      </section>
    </div>
  )
}

function Content({ facts }: { readonly facts: readonly Fact[] }) {
  const words = useWords(auditWords)
  return (
    <div className="audit-facts">
      {facts.map(({ name, before, value }) => (
        <div key={name}>
          <h4>{name}</h4>
          {before === undefined ? (
            <p>{value}</p>
          ) : (
            <dl>
              <dt>{words.before}</dt>
              <dd>{before}</dd>
              <dt>{words.after}</dt>
              <dd>{value}</dd>
            </dl>
          )}
        </div>
      ))}
    </div>
  )
}

function OnlyThis({ line, set }: LineProps) {
  const words = useWords(auditWords).only
  const { actorKind, actorId, object, objectId } = line
  return (
    <div className="line wrap">
      {actorId !== null && actorKind !== 'system' && (
        <Button
          small
          onPress={() =>
            set(actorKind === 'person' ? { person: actorId, token: undefined } : { token: actorId, person: undefined })
          }
        >
          {words.who}
        </Button>
      )}
      <Button small onPress={() => set({ deed: line.deed })}>
        {words.deed}
      </Button>
      {objectId !== null && (
        <Button small onPress={() => set({ object, id: objectId })}>
          {words.object}
        </Button>
      )}
    </div>
  )
}
