import { Page } from '../../parts/page.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'

/** 员工与权限: who works here, and what they may do. */
export default function PeoplePage() {
  const words = useWords(peopleWords)
  const read = useRead('GET /people', {})
  return (
    <Page title={words.title}>
      <Shown read={read} what={words.what}>
        {(data) => (
          <table className="table">
            <thead>
              <tr>
                {Object.values(words.columns).map((title) => (
                  <th key={title}>{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.people.map((row) => (
                <tr key={row.id}>
                  <td>{row.name}</td>
                  <td>{row.loginName}</td>
                  <td>{row.roles.map((role) => role.name).join(' / ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Page>
  )
}
