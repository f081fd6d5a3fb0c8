import { useEffect, useState } from 'react'
import { type Answer, CallFailed, call } from './api.ts'
import { Button } from './parts/button.tsx'
import { Copy } from './parts/copy.tsx'
import { failureText } from './parts/toast-store.ts'
import { useLanguage, useWords } from './words/language.ts'
import { setUpWords } from './words/set-up.ts'

type Sandbox = Answer<'GET /sandbox'>

const everyMs = 1_000

/** 用示例数据看看: opens the demo beside this installation and leads there; nothing of it meets real data. */
export function SandboxWay() {
  const words = useWords(setUpWords).choice.sandbox
  const { sandbox, failure, open } = useSandbox()
  const isStarting = sandbox?.state === 'starting'
  return (
    <li className="set-up-way">
      <span>
        <strong>{words.title}</strong>
        <span className="quiet">{words.help}</span>
        <span role="status">
          {isStarting && <span className="quiet">{words.starting}</span>}
          {sandbox?.state === 'ready' && <LogIns sandbox={sandbox} />}
        </span>
        {(failure !== null || sandbox?.state === 'failed') && (
          <span role="alert" className="wrong">
            {failure ?? words.failed(sandbox?.reason ?? '')}
          </span>
        )}
      </span>
      {sandbox?.state === 'ready' ? (
        <a className="btn" data-kind="primary" href={sandbox.url ?? '/'} target="_blank" rel="noreferrer">
          {words.enter}
        </a>
      ) : (
        <Button busy={isStarting} onPress={open}>
          {words.go}
        </Button>
      )}
    </li>
  )
}

function LogIns({ sandbox }: { readonly sandbox: Sandbox }) {
  const words = useWords(setUpWords).choice.sandbox
  const isChinese = useLanguage() === 'zh'
  return (
    <span className="line wrap">
      <span>
        {words.logIn}{' '}
        {sandbox.people.map(({ loginName, post }) => (isChinese ? `${loginName}（${post}）` : loginName)).join(' ')}
      </span>
      <span className="line">
        {words.password} <code>{sandbox.password}</code>
        <Copy text={sandbox.password ?? ''} what={words.password} />
      </span>
    </span>
  )
}

/** Asked once in case it is open already, then again and again while it opens. */
function useSandbox() {
  const [sandbox, setSandbox] = useState<Sandbox | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const isStarting = sandbox?.state === 'starting'
  useEffect(() => {
    const read = () => void told(call('GET /sandbox', {}), setSandbox, setFailure)
    read()
    if (!isStarting) return
    const timer = setInterval(read, everyMs)
    return () => clearInterval(timer)
  }, [isStarting])
  const open = () => {
    setFailure(null)
    void told(call('POST /sandbox', {}), setSandbox, setFailure)
  }
  return { sandbox, failure, open }
}

async function told(
  asked: Promise<Sandbox>,
  onState: (sandbox: Sandbox) => void,
  onFailure: (words: string) => void,
): Promise<void> {
  try {
    onState(await asked)
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    onFailure(failureText(error).text)
  }
}
