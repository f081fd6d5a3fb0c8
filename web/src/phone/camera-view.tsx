import { useEffect, useRef, useState } from 'react'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { openReader } from './camera.ts'

const everyMs = 120
/** The same code held before the camera is one scan, until it has been away this long. */
const sameMs = 1_500

export default function CameraView({ onCode }: { readonly onCode: (code: string) => void }) {
  const words = useWords(pageWords).check
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onCode)
  latest.current = onCode
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(
    () => watch({ video, onStream: setStream, onCode: (code) => latest.current(code), onFail: () => setFailed(true) }),
    [],
  )
  if (hasFailed) {
    return (
      <p className="notice" data-tone="err" role="alert">
        {words.cameraFailed}
      </p>
    )
  }
  return (
    <div className="camera">
      <video ref={video} muted playsInline aria-label={words.camera} />
      {stream && <Torch stream={stream} />}
    </div>
  )
}

interface WatchParts {
  readonly video: { readonly current: HTMLVideoElement | null }
  readonly onStream: (stream: MediaStream) => void
  readonly onCode: (code: string) => void
  readonly onFail: () => void
}

function watch({ video, onStream, onCode, onFail }: WatchParts): () => void {
  let isOver = false
  let stream: MediaStream | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = async () => {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1_280 } },
    })
    const reader = await openReader()
    const picture = video.current
    if (isOver || picture === null) return stop()
    onStream(stream)
    picture.srcObject = stream
    await picture.play()
    let last = { code: '', at: 0 }
    const look = async () => {
      const code = await reader.read(picture)
      const now = performance.now()
      if (code !== null && (code !== last.code || now - last.at > sameMs)) onCode(code)
      if (code !== null) last = { code, at: now }
      if (!isOver) timer = setTimeout(() => void look().catch(fail), everyMs)
    }
    await look()
  }
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const fail = (error: unknown) => {
    stop()
    if (isOver) return
    console.error(error)
    onFail()
  }
  run().catch(fail)
  return () => {
    isOver = true
    clearTimeout(timer)
    stop()
  }
}

function Torch({ stream }: { readonly stream: MediaStream }) {
  const words = useWords(pageWords).check
  const [isOn, setOn] = useState(false)
  const [track] = stream.getVideoTracks()
  const can = track !== undefined && 'torch' in (track.getCapabilities?.() ?? {})
  if (!can) return null
  return (
    <button
      type="button"
      className="btn camera-torch"
      aria-pressed={isOn}
      onClick={() => {
        void track.applyConstraints({ advanced: [{ torch: !isOn } as MediaTrackConstraintSet] })
        setOn(!isOn)
      }}
    >
      {words.torch}
    </button>
  )
}
