import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { keep, kept } from '../keep.ts'
import { useGo } from '../parts/go.tsx'
import { KeyHelp } from '../parts/key-help.tsx'
import { useDetailsOpen } from '../parts/room.ts'
import { type Shortcut, useShortcuts } from '../parts/shortcuts.ts'
import { TipLayer } from '../parts/tip.tsx'
import { Toasts } from '../parts/toasts.tsx'
import { useMe } from '../session.ts'
import { useWidth } from '../width.ts'
import { frameWords } from '../words/frame.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Banner } from './banner.tsx'
import { useEntries } from './entries.ts'
import { BottomBar, Menu } from './menu.tsx'
import { TopBar } from './top-bar.tsx'

const Palette = lazy(() => import('./palette.tsx'))
const place = 'tongdan.folded'

/** What stands around every page. */
export function Frame() {
  const words = useWords(frameWords)
  const width = useWidth()
  const [folds, setFolds] = useState(kept(place) === true)
  const [finds, setFinds] = useState(false)
  const isCrowded = useDetailsOpen()
  const isFolded = folds || width === 'narrow' || (width === 'middle' && isCrowded)
  useFrameKeys(() => setFinds(true))
  const fold = () => {
    setFolds(!folds)
    keep(place, !folds)
  }
  return (
    <div className="frame" data-folded={isFolded || undefined}>
      <a className="skip btn" href="#page">
        {words.skip}
      </a>
      {useMe().isSandbox && <div className="band" aria-hidden="true" />}
      <TopBar onFind={() => setFinds(true)} />
      <Banner />
      <Menu isFolded={isFolded} onFold={fold} />
      <Outlet />
      {width === 'phone' && <BottomBar onFind={() => setFinds(true)} />}
      {finds && (
        <Suspense fallback={null}>
          <Palette onClose={() => setFinds(false)} />
        </Suspense>
      )}
      <Toasts />
      <KeyHelp />
      <TipLayer />
    </div>
  )
}

function useFrameKeys(find: () => void): void {
  const words = useWords(frameWords)
  const keys = useWords(partWords).keys
  const goTo = useGo()
  const jumps = useEntries().flatMap((entry): Shortcut[] => {
    if (entry.letter === undefined) return []
    const go = () => goTo(entry.to)
    return [
      {
        keys: `KeyG Key${entry.letter}`,
        words: words.keys.go(words.menu.entries[entry.id]),
        where: 'page',
        run: go,
      },
    ]
  })
  useShortcuts([{ keys: '$mod+KeyK', words: keys.palette, where: 'typing', run: find }, ...jumps])
}
