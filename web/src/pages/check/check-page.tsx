import '../../style/bench.css'
import './check.css'
import { useEffect, useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Check } from '../../parts/field.tsx'
import { Go, useGo } from '../../parts/go.tsx'
import { Tag } from '../../parts/signs.tsx'
import { TipLayer } from '../../parts/tip.tsx'
import { BandView, BenchLines } from '../../scan/band-view.tsx'
import { type BenchState, isOpen, isRed } from '../../scan/bench-state.ts'
import { linkText } from '../../scan/link-text.ts'
import { RefusedScans } from '../../scan/refused-scans.tsx'
import { changeStation, type Station, stationSettings } from '../../scan/station.ts'
import { useScanner } from '../../scan/use-scanner.ts'
import { useStation } from '../../scan/use-station.ts'
import { useMe } from '../../session.ts'
import { bootWords } from '../../words/boot.ts'
import { checkWords } from '../../words/check.ts'
import { useWords } from '../../words/language.ts'
import { scanWords } from '../../words/scan.ts'
import { uploadWords } from '../../words/upload.ts'

/** 扫码验货: the desktop station. The whole window, no menu, no input in sight; everything by scanner and a few keys. */
export default function CheckPage() {
  const words = useWords(checkWords)
  const product = useWords(bootWords).product
  const { station, bench, queue, scan } = useStation()
  const [typing, setTyping] = useState('')
  const hasFocus = useFocus()
  useEffect(() => {
    document.title = `${words.title} · ${product}`
  }, [words.title, product])
  useScanner({ isOn: true, onTyping: setTyping, onCode: scan })
  useStationKeys(station, bench)
  const told = linkText(queue, useWords(uploadWords).link)
  const tally = useWords(scanWords).tally(countText(bench.parcels), countText(bench.pieces))
  return (
    <main className="station" id="page" tabIndex={-1}>
      <header className="station-head">
        <h1>{words.title}</h1>
        {useMe().isSandbox && <Tag tone="warn">{words.sandbox}</Tag>}
        <span role="status">
          <Tag tone={told.tone}>{told.text}</Tag>
        </span>
        <span className="quiet">{tally}</span>
        <Settings />
        <Go to="/fulfil" kind="plain">
          {words.leave}
        </Go>
      </header>
      {!hasFocus && (
        <p className="station-lost" role="alert">
          {words.lost}
        </p>
      )}
      <RefusedScans queue={queue} onRead={(key) => void station?.queue.acknowledge(key)} />
      <div className="station-body">
        <div className="station-left">
          <BandView bench={bench} link={queue.state} typing={typing} />
          {station && <Acts station={station} bench={bench} />}
        </div>
        <div className="station-right">
          {bench.parcel ? (
            <BenchLines parcel={bench.parcel} lineId={bench.lineId} />
          ) : (
            <Help known={station?.shelf.size() ?? 0} />
          )}
        </div>
      </div>
      <TipLayer />
    </main>
  )
}

/** The buttons are few, and none of them acts while the band is red. */
function Acts({ station, bench }: { readonly station: Station; readonly bench: BenchState }) {
  const words = useWords(scanWords)
  const red = useWords(checkWords).red
  const because = isRed(bench.band) ? red : null
  const isBusy = bench.parcel !== null && (isOpen(bench) || bench.band.kind === 'done')
  if (!isBusy) return null
  return (
    <div className="station-acts">
      {bench.band.kind === 'done' && (
        <Button kind="primary" keys="Enter" onPress={() => void station.bench.ship()}>
          {words.ship}
        </Button>
      )}
      <Button keys="Escape" because={because} onPress={() => void station.bench.putAside()}>
        {words.aside}
      </Button>
      <Button keys="Delete" because={because} onPress={() => void station.bench.again()}>
        {words.again}
      </Button>
    </div>
  )
}

function Settings() {
  const words = useWords(scanWords).settings
  const [settings, set] = useState(stationSettings)
  const change = (part: Parameters<typeof changeStation>[0]) => {
    changeStation(part)
    set(stationSettings())
  }
  return (
    <div className="line push">
      <Check label={words.ships} checked={settings.ships} onChange={(ships) => change({ ships })} />
      <Check label={words.sound} checked={settings.sound} onChange={(sound) => change({ sound })} />
      <Check label={words.voice} checked={settings.voice} onChange={(voice) => change({ voice })} />
    </div>
  )
}

function Help({ known }: { readonly known: number }) {
  const words = useWords(checkWords)
  const link = useWords(uploadWords).link
  return (
    <section className="station-help">
      <h2>{words.how}</h2>
      <ol>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="quiet">{link.known(countText(known))}</p>
    </section>
  )
}

/** Enter ships, Esc puts aside, Delete begins again; letters and digits belong to the scanner. */
function useStationKeys(station: Station | null, bench: BenchState): void {
  const go = useGo()
  useEffect(() => {
    if (station === null) return
    const press = (event: KeyboardEvent) => {
      const isButton = event.target instanceof Element && event.target.matches('button, a, input')
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      if (event.key === 'Enter' && !isButton) void station.bench.ship()
      else if (event.key === 'Escape' && bench.parcel !== null) void station.bench.putAside()
      else if (event.key === 'Escape' && bench.band.kind === 'idle') go('/fulfil')
      else if (event.key === 'Escape') void station.bench.putAside()
      else if (event.key === 'Delete' && !isRed(bench.band)) void station.bench.again()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [station, bench, go])
}

/** Whether the keyboard is in this window: a scan into another one would be lost without a trace. */
function useFocus(): boolean {
  const [has, setHas] = useState(() => document.hasFocus())
  useEffect(() => {
    const look = () => setHas(document.hasFocus())
    const timer = setInterval(look, lookMs)
    for (const name of ['focus', 'blur', 'keydown'] as const) window.addEventListener(name, look)
    return () => {
      clearInterval(timer)
      for (const name of ['focus', 'blur', 'keydown'] as const) window.removeEventListener(name, look)
    }
  }, [])
  return has
}

const lookMs = 1_000
