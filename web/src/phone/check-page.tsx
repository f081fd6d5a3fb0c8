import { useEffect, useState } from 'react'
import { countText } from '../format.ts'
import { BandView, BenchLines } from '../scan/band-view.tsx'
import { isOpen, isRed } from '../scan/bench-state.ts'
import { useScanner } from '../scan/use-scanner.ts'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { scanWords } from '../words/scan.ts'
import { uploadWords } from '../words/upload.ts'
import { CameraButton } from './camera-button.tsx'
import type { PageProps } from './desk.ts'
import { ScanSlot } from './scan-slot.tsx'
import { TypeIn } from './type-in.tsx'

/** 扫码验货 on the phone and the PDA: the same bench as at the station. */
export default function CheckPage({ desk }: PageProps) {
  const { station, bench, queue } = desk
  const words = useWords(pageWords).check
  const scan = useWords(scanWords)
  const upload = useWords(uploadWords).link
  const [typing, setTyping] = useState('')
  const [types, setTypes] = useState<'code' | 'count' | null>(null)
  useAwake()
  const take = (text: string, isByHand = false) => desk.scan({ text, isByHand })
  useScanner({ isOn: types === null, onTyping: setTyping, onCode: ({ text, isByHand }) => take(text, isByHand) })
  const { parcel, band } = bench
  const last = parcel?.lines.find(({ id }) => id === bench.lineId)
  const isBusy = parcel !== null && isOpen(bench) && !isRed(band)
  return (
    <div className="phone-check-page">
      <BandView bench={bench} link={queue.state} typing={typing} />
      <ScanSlot isOn={types === null} label={scan.band.idle} onCode={take} />
      {parcel && <BenchLines parcel={parcel} lineId={bench.lineId} />}
      {types === 'code' && (
        <TypeIn
          label={words.typeLabel}
          deed={words.typeGo}
          onDone={(text) => {
            setTypes(null)
            if (text) take(text)
          }}
        />
      )}
      {types === 'count' && last && (
        <TypeIn
          isNumber
          label={words.countLabel(last.name)}
          deed={words.countGo}
          onDone={(text) => {
            setTypes(null)
            if (text) take(text, true)
          }}
        />
      )}
      <div className="phone-acts">
        {band.kind === 'done' && (
          <button
            type="button"
            className="btn phone-main"
            data-kind="primary"
            onClick={() => void station?.bench.ship()}
          >
            {scan.ship}
          </button>
        )}
        {types === null && last && isBusy && last.quantity - last.checked > 1 && (
          <button type="button" className="btn phone-wide" onClick={() => setTypes('count')}>
            {words.count}
          </button>
        )}
        <CameraButton onCode={take} />
        {types === null && (
          <button type="button" className="btn phone-wide" onClick={() => setTypes('code')}>
            {words.type}
          </button>
        )}
        {isBusy && (
          <>
            <button type="button" className="btn phone-wide" onClick={() => void station?.bench.again()}>
              {scan.again}
            </button>
            <button type="button" className="btn phone-wide" onClick={() => void station?.bench.putAside()}>
              {scan.aside}
            </button>
          </>
        )}
      </div>
      <p className="quiet small">
        {scan.tally(countText(bench.parcels), countText(bench.pieces))}
        {station && ` · ${upload.known(countText(station.shelf.size()))}`}
      </p>
    </div>
  )
}

/** Keeps the screen on while the page is in sight, where the device can. */
function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let isGone = false
    const hold = async () => {
      if (document.visibilityState !== 'visible') return
      // A low battery refuses; then the screen goes off as ever.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined)
      if (isGone) await lock?.release()
    }
    void hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      isGone = true
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}
