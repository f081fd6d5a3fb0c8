import { lazy, Suspense } from 'react'
import { Icon, type IconName } from '../parts/icon.tsx'
import { linkText } from '../scan/link-text.ts'
import { RefusedScans } from '../scan/refused-scans.tsx'
import { useStation } from '../scan/use-station.ts'
import { useMay, useMe } from '../session.ts'
import { useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'
import { uploadWords } from '../words/upload.ts'
import { Waiting } from './failed.tsx'
import { pageFiles } from './page-files.ts'
import { go, type Place, usePlace } from './place.ts'

const TodoPage = lazy(pageFiles['/m'])
const FindPage = lazy(pageFiles['/m/find'])
const CheckPage = lazy(pageFiles['/m/check'])
const ScannerPage = lazy(pageFiles['/m/scanner'])
const MinePage = lazy(pageFiles['/m/mine'])

/** The phone and PDA form: one page at a time, the state of the network always in sight, the way around within reach of the thumb. */
export function Phone() {
  const words = useWords(phoneWords)
  const link = useWords(uploadWords).link
  const place = usePlace()
  const desk = useStation()
  const told = linkText(desk.queue, link)
  return (
    <div className="phone">
      {useMe().isSandbox && <div className="phone-band" aria-hidden="true" />}
      <header className="phone-head">
        {place === '/m/scanner' && (
          <button type="button" className="phone-icon" aria-label={words.back} onClick={() => go('/m/mine')}>
            <Icon name="left" />
          </button>
        )}
        <h1>{titleOf(place, words)}</h1>
        <span className="tag" data-tone={told.tone} role="status">
          {told.text}
        </span>
      </header>
      <RefusedScans queue={desk.queue} onRead={(key) => void desk.station?.queue.acknowledge(key)} />
      <main className="phone-page" id="page" tabIndex={-1} data-place={place}>
        <Suspense fallback={<Waiting />}>
          <PageOf place={place} desk={desk} />
        </Suspense>
      </main>
      <Nav place={place} />
    </div>
  )
}

type Desk = ReturnType<typeof useStation>

function PageOf({ place, desk }: { readonly place: Place; readonly desk: Desk }) {
  const words = useWords(phoneWords)
  const may = useMay()
  if (place === '/m/find') return <FindPage />
  if (place === '/m/scanner') return <ScannerPage />
  if (place === '/m/mine') return <MinePage desk={desk} />
  if (place === '/m') return <TodoPage />
  if (may('fulfilment.work')) return <CheckPage {...desk} />
  return (
    <p className="notice" data-tone="warn">
      {words.noRight(words.check.title)}
    </p>
  )
}

function titleOf(place: Place, words: typeof phoneWords.zh): string {
  const titles = {
    '/m': words.todo.title,
    '/m/find': words.find.title,
    '/m/check': words.check.title,
    '/m/scanner': words.scanner.title,
    '/m/mine': words.mine.title,
  }
  document.title = `${titles[place]} · ${words.product}`
  return titles[place]
}

const entries = [
  { to: '/m', icon: 'home', name: 'todo' },
  { to: '/m/find', icon: 'search', name: 'find' },
  { to: '/m/check', icon: 'scan', name: 'check' },
  { to: '/m/mine', icon: 'person', name: 'mine' },
] as const satisfies readonly { to: Place; icon: IconName; name: string }[]

function Nav({ place }: { readonly place: Place }) {
  const words = useWords(phoneWords).nav
  return (
    <nav className="phone-nav" aria-label={words.name}>
      {entries.map(({ to, icon, name }) => (
        <a
          key={to}
          href={to}
          aria-current={place === to ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault()
            go(to)
          }}
        >
          <Icon name={icon} />
          {words[name]}
        </a>
      ))}
    </nav>
  )
}
