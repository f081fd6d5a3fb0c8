import { lazy, Suspense } from 'react'
import type { Permission } from '../../../src/core/access/permissions.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { linkText } from '../scan/link-text.ts'
import { RefusedScans } from '../scan/refused-scans.tsx'
import { useStation } from '../scan/use-station.ts'
import { useMay, useMe } from '../session.ts'
import { useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'
import { uploadWords } from '../words/upload.ts'
import type { Desk } from './desk.ts'
import { Waiting } from './failed.tsx'
import { pageFiles } from './page-files.ts'
import { go, type Place, usePlace } from './place.ts'

const pages = {
  '/m': lazy(pageFiles['/m']),
  '/m/find': lazy(pageFiles['/m/find']),
  '/m/check': lazy(pageFiles['/m/check']),
  '/m/scanner': lazy(pageFiles['/m/scanner']),
  '/m/mine': lazy(pageFiles['/m/mine']),
  '/m/review': lazy(pageFiles['/m/review']),
  '/m/count': lazy(pageFiles['/m/count']),
}
/** The rights that a page needs; the others are for everybody. */
const rights: Partial<Record<Place, Permission>> = {
  '/m/check': 'fulfilment.work',
  '/m/review': 'orders.review',
  '/m/count': 'stock.adjust',
}
/** Pages that are not in the bar below lead back to one that is. */
const above: Partial<Record<Place, Place>> = { '/m/scanner': '/m/mine', '/m/review': '/m', '/m/count': '/m' }

/** The phone and PDA form: one page at a time, the state of the network always in sight, the way around within reach of the thumb. */
export function Phone() {
  const words = useWords(phoneWords)
  const link = useWords(uploadWords).link
  const place = usePlace()
  const desk = useStation()
  const told = linkText(desk.queue, link)
  const up = above[place]
  return (
    <div className="phone">
      {useMe().isSandbox && <div className="phone-band" aria-hidden="true" />}
      <header className="phone-head">
        {up && (
          <button type="button" className="phone-icon" aria-label={words.back} onClick={() => go(up)}>
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

function PageOf({ place, desk }: { readonly place: Place; readonly desk: Desk }) {
  const words = useWords(phoneWords)
  const may = useMay()
  const right = rights[place]
  const Shown = pages[place]
  if (right === undefined || may(right)) return <Shown desk={desk} />
  return (
    <p className="notice" data-tone="warn">
      {words.noRight(words.titles[nameOf(place)])}
    </p>
  )
}

const nameOf = (place: Place) => (place === '/m' ? 'todo' : place.slice(3)) as keyof typeof phoneWords.zh.titles

function titleOf(place: Place, words: typeof phoneWords.zh): string {
  const title = words.titles[nameOf(place)]
  document.title = `${title} · ${words.product}`
  return title
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
