import '../orders/orders.css'
import './people.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import { NewPerson } from './new-person.tsx'
import { PeopleList } from './people-list.tsx'
import { RoleForm } from './role-form.tsx'
import { RoleList } from './role-list.tsx'
import { cleanPeople, type PeopleSearch, type PeopleView, peopleViews } from './search.ts'
import { NewToken } from './token-form.tsx'
import { TokenList } from './token-list.tsx'

/** 员工与权限: who works here, what their roles allow, and the tokens of other programs. */
export default function PeoplePage() {
  const words = useWords(peopleWords)
  const may = useMay()
  const search = useSearch({ from: '/people' })
  const navigate = useNavigate({ from: '/people' })
  const change = (next: PeopleSearch) => void navigate({ search: next, replace: next.view === search.view })
  const counts = useCounts()
  const [creates, setCreates] = useState(false)
  const views = peopleViews.filter((view) => view !== 'tokens' || may('tokens.manage'))
  const view = views.find((each) => each === search.view) ?? 'people'
  const lists: Readonly<Record<PeopleView, () => ReactNode>> = {
    people: () => <PeopleList search={search} change={change} />,
    roles: () => <RoleList />,
    tokens: () => <TokenList search={search} change={change} onCreate={() => setCreates(true)} />,
  }
  const close = () => setCreates(false)
  return (
    <Page
      shape="list"
      title={words.title}
      fact={view === 'tokens' && words.tokens.fact}
      acts={
        <Button kind="primary" onPress={() => setCreates(true)}>
          {words[view].create}
        </Button>
      }
    >
      <ViewTabs
        chosen={view}
        onChoose={(next) => change(cleanPeople({ view: next === 'people' ? undefined : next }))}
        tabs={views.map((id) => ({ id, label: words.views[id], count: counts[id] }))}
      />
      {lists[view]()}
      {creates && view === 'people' && <NewPerson onClose={close} />}
      {creates && view === 'roles' && <RoleForm edited={null} onClose={close} />}
      {creates && view === 'tokens' && <NewToken onClose={close} />}
    </Page>
  )
}

/** How many there are of each; tokens that are revoked or run out no longer count. */
function useCounts(): Partial<Record<PeopleView, number | undefined>> {
  const may = useMay()
  const people = useRead('GET /people', {}).data?.people
  const roles = useRead('GET /roles', {}).data?.roles
  const tokens = useRead('GET /tokens', {}, { enabled: may('tokens.manage') }).data?.tokens
  return {
    people: people?.filter((person) => person.isActive).length,
    roles: roles?.length,
    tokens: tokens?.filter((token) => token.state === 'good').length,
  }
}
