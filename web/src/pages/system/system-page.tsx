import '../orders/orders.css'
import './system.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { Tag } from '../../parts/signs.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { systemWords } from '../../words/system.ts'
import { FailureList } from './failure-list.tsx'
import { KeyState } from './key-state.tsx'
import { Queue } from './queue.tsx'
import { cleanSystem, type SystemSearch, type SystemTab, systemTabs } from './search.ts'
import { SystemState } from './system-state.tsx'

/** 系统: how the product does, what failed and waits for somebody, what is done when, and the keys. */
export default function SystemPage() {
  const words = useWords(systemWords)
  const search = useSearch({ from: '/system' })
  const navigate = useNavigate({ from: '/system' })
  const change = (next: SystemSearch) => void navigate({ search: next, replace: next.tab === search.tab })
  const system = useRead('GET /system', {}).data
  const open = useRead('GET /system/failures', { limit: 1 }).data?.open
  const tab = search.tab ?? 'state'
  const bodies: Readonly<Record<SystemTab, () => ReactNode>> = {
    state: () => <SystemState />,
    failures: () => <FailureList search={search} change={change} />,
    jobs: () => <Queue />,
    keys: () => <KeyState />,
  }
  return (
    <Page
      shape="list"
      title={words.title}
      count={open}
      fact={
        system && (
          <span className="line">
            {words.version(system.version)}
            {system.isSandbox && <Tag tone="warn">{words.sandbox}</Tag>}
          </span>
        )
      }
    >
      <ViewTabs
        chosen={tab}
        onChoose={(next) => change(cleanSystem({ tab: next === 'state' ? undefined : next }))}
        tabs={systemTabs.map((id) => ({
          id,
          label: words.tabs[id],
          ...(id === 'failures' && { count: open, isUrgent: true }),
        }))}
      />
      {bodies[tab]()}
    </Page>
  )
}
