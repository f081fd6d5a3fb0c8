import type { ErrorComponentProps } from '@tanstack/react-router'
import { type Permission, permissions } from '../../../src/core/access/permissions.ts'
import { Button } from '../parts/button.tsx'
import { Go } from '../parts/go.tsx'
import { Page } from '../parts/page.tsx'
import { Empty } from '../parts/states.tsx'
import { failureText } from '../parts/toast-store.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'

/** In place of a page that this person may not see: which right it needs, and whom to ask. */
export function NoRight({ permission }: { readonly permission: Permission }) {
  const words = useWords(partWords).noRight
  const language = useLanguage()
  const right = language === 'zh' ? permissions[permission] : permission
  return (
    <Page title={words.title}>
      <Empty title={words.title} act={<Home label={words.home} />}>
        {words.body(right)}
      </Empty>
    </Page>
  )
}

export function NotFound() {
  const words = useWords(partWords).notFound
  return (
    <Page title={words.title}>
      <Empty title={words.title} act={<Home label={words.home} />}>
        {words.body}
      </Empty>
    </Page>
  )
}

/** In place of a page that broke: what is known of the cause, and a way on. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const words = useWords(partWords).failure
  const { text, requestId } = failureText(error)
  return (
    <main className="alone">
      <Empty
        title={words.title}
        act={
          <>
            <Button onPress={reset}>{words.again}</Button>
            <Button kind="primary" onPress={() => window.location.reload()}>
              {words.reload}
            </Button>
          </>
        }
      >
        <p>{text}</p>
        <p className="small mono">{requestId ? `${words.requestId} ${requestId}` : String(error)}</p>
      </Empty>
    </main>
  )
}

function Home({ label }: { readonly label: string }) {
  return (
    <Go to="/" kind="primary">
      {label}
    </Go>
  )
}
