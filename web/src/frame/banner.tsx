import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { CallFailed } from '../api.ts'
import { hearingNow, listenToHearing } from '../live.ts'
import { Button } from '../parts/button.tsx'
import { useMe } from '../session.ts'
import { frameWords } from '../words/frame.ts'
import { useWords } from '../words/language.ts'
import { PasswordDialog } from './password-dialog.tsx'

/** Only for what stops work, one at a time, with one button: signed out, no connection, a password that somebody else knows, an old page. */
export function Banner() {
  const words = useWords(frameWords)
  const isSignedOut = useSignedOut()
  const hearing = useSyncExternalStore(listenToHearing, hearingNow)
  const isOld = useNewVersion()
  const { mustChangePassword } = useMe()
  const [isChanging, setChanging] = useState(false)
  const reload = () => window.location.reload()

  if (isSignedOut) return <Line tone="err" text={words.banner.signedOut} act={words.banner.signIn} onAct={reload} />
  if (hearing === 'lost') return <Line tone="warn" text={words.banner.lost} />
  if (mustChangePassword)
    return (
      <>
        <Line tone="warn" text={words.banner.mustChange} act={words.top.password} onAct={() => setChanging(true)} />
        {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
      </>
    )
  if (isOld) return <Line tone="info" text={words.banner.newVersion} act={words.banner.reload} onAct={reload} />
  return null
}

interface LineProps {
  readonly tone: 'err' | 'warn' | 'info'
  readonly text: string
  readonly act?: string
  readonly onAct?: () => void
}

function Line({ tone, text, act, onAct }: LineProps) {
  return (
    <div className="banner" data-tone={tone} role="status">
      <span>{text}</span>
      {act && onAct && (
        <Button small onPress={onAct}>
          {act}
        </Button>
      )}
    </div>
  )
}

/** True once any read or deed was answered with "sign in first". */
function useSignedOut(): boolean {
  const client = useQueryClient()
  const [isOut, setOut] = useState(false)
  useEffect(() => {
    const look = (error: unknown) => {
      if (error instanceof CallFailed && error.body.code === 'SIGN_IN_NEEDED') setOut(true)
    }
    const unread = client.getQueryCache().subscribe(({ query }) => look(query.state.error))
    const undo = client.getMutationCache().subscribe(({ mutation }) => look(mutation?.state.error))
    return () => {
      unread()
      undo()
    }
  }, [client])
  return isOut
}

const everyMs = 5 * 60_000

/** Whether the server has another page than this one: its entry names other files. */
function useNewVersion(): boolean {
  const [isOld, setOld] = useState(false)
  useEffect(() => {
    const own = entryOf(document.documentElement.outerHTML)
    const look = async () => {
      const answer = await fetch('/', { cache: 'no-cache' }).catch(() => null)
      const now = answer?.ok ? entryOf(await answer.text()) : null
      if (own !== null && now !== null && now !== own) setOld(true)
    }
    const timer = setInterval(() => void look(), everyMs)
    return () => clearInterval(timer)
  }, [])
  return isOld
}

const entryOf = (html: string): string | null => /src="(\/assets\/index-[^"]+\.js)"/.exec(html)?.[1] ?? null
