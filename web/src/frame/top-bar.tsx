import { useState } from 'react'
import { applyLooks, looks } from '../looks.ts'
import { useNow } from '../now.ts'
import { Ask } from '../parts/ask.tsx'
import { Go } from '../parts/go.tsx'
import { Icon } from '../parts/icon.tsx'
import { keyText } from '../parts/key-text.ts'
import { MenuButton, type MenuItem } from '../parts/menu.tsx'
import { agoText, Tag } from '../parts/signs.tsx'
import { sayFailure } from '../parts/toast-store.ts'
import { useDo, useRead } from '../query.ts'
import { leave, useMay, useMe } from '../session.ts'
import { bootWords } from '../words/boot.ts'
import { frameWords } from '../words/frame.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { useTold } from '../words/told.ts'
import { PasswordDialog } from './password-dialog.tsx'

/** 48 px: name, search, what the shops do, and the person. */
export function TopBar({ onFind }: { readonly onFind: () => void }) {
  const words = useWords(frameWords).top
  const product = useWords(bootWords).product
  const { isSandbox } = useMe()
  return (
    <header className="top">
      <Go to="/" className="top-name" name={product}>
        <img src="/icon.svg" alt="" />
        <span>{product}</span>
        {isSandbox && <Tag tone="warn">{words.sandbox}</Tag>}
      </Go>
      <button type="button" className="top-search" onClick={onFind} aria-label={words.search}>
        <Icon name="search" />
        <span className="cut">{words.search}</span>
        <kbd>{keyText('$mod+KeyK')}</kbd>
      </button>
      <div className="top-end">
        <SyncState />
        <Tasks />
        <PersonMenu />
      </div>
    </header>
  )
}

const everyMs = 60_000

/** The worst state of any shop, by name; else how many are online and since when. */
function SyncState() {
  const words = useWords(frameWords).top
  const times = useWords(partWords).time
  const told = useTold()
  const may = useMay()
  const now = useNow()
  const home = useRead('GET /home', {}, { enabled: may('home.see'), refetchInterval: everyMs }).data
  if (home === undefined || !may('shops.read')) return null
  if (home.shops.length === 0) return <Tag>{words.noShops}</Tag>
  const troubled = home.shops.filter((shop) => !calm.has(shop.state))
  const [worst] = troubled
  if (worst) {
    const tone = worst.state === 'stopped' ? 'err' : 'warn'
    return (
      <Go to="/shops" className="sync">
        <Tag tone={tone}>{`${worst.name} ${told('shop', worst.state, worst.words)}`}</Tag>
      </Go>
    )
  }
  const last = Math.max(...home.shops.map((shop) => shop.lastSync ?? 0))
  const ago = agoText(times, now - last)
  return (
    <span className="sync">
      <Tag tone="ok">{[words.shopsGood(home.shops.length), ...(last > 0 ? [words.synced(ago)] : [])].join(' · ')}</Tag>
    </span>
  )
}

const calm = new Set(['good', 'files', 'new'])

/** Imports that run now: the only tasks that go on after one has left their page. */
function Tasks() {
  const words = useWords(frameWords).top
  const may = useMay()
  const imports = useRead(
    'GET /imports',
    { limit: 10 },
    { enabled: may('imports.work'), refetchInterval: everyMs },
  ).data
  const running = imports?.rows.filter((row) => row.state === 'running' || row.state === 'undoing') ?? []
  if (running.length === 0) return null
  return (
    <Go to="/transfers" className="line">
      <i className="spin" />
      {words.tasks(running.length)}
    </Go>
  )
}

function PersonMenu() {
  const words = useWords(frameWords).top
  const { languages } = useWords(bootWords)
  const me = useMe()
  const [isChanging, setChanging] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const save = useDo('PUT /me/preferences')
  const look = (part: Partial<typeof me.preferences>) => {
    const next = { ...looks(), ...part }
    applyLooks(next)
    save.run(next)
  }
  const items: readonly MenuItem[] = [
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      label: words.themes[theme],
      checked: looks().theme === theme,
      run: () => look({ theme }),
    })),
    ...(['zh', 'en'] as const).map((language) => ({
      label: languages[language],
      checked: looks().language === language,
      apart: language === 'zh',
      run: () => look({ language }),
    })),
    { label: words.password, apart: true, run: () => setChanging(true) },
    { label: words.signOut, run: () => void leave(false).catch(sayFailure) },
    { label: words.signOutAll, run: () => setLeaving(true) },
  ]
  return (
    <>
      <MenuButton kind="quiet" icon="person" items={items} alignEnd>
        <span className="top-person">{me.name}</span>
      </MenuButton>
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
      {isLeaving && <AskLeave onClose={() => setLeaving(false)} />}
    </>
  )
}

/** 退出所有设备, after it is said what that does. */
function AskLeave({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(frameWords).top
  const [isRunning, setRunning] = useState(false)
  const run = () => {
    setRunning(true)
    leave(true).catch((error: unknown) => {
      setRunning(false)
      sayFailure(error)
    })
  }
  return (
    <Ask title={words.signOutAll} deed={words.signOutAll} isRunning={isRunning} onDo={run} onClose={onClose}>
      {words.signOutAllBody}
    </Ask>
  )
}
