import { lazy, Suspense, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { Waiting } from './failed.tsx'

const Camera = lazy(() => import('./camera-view.tsx'))

/** 用相机扫: the camera comes only when asked for, and says why where it cannot come. */
export function CameraButton({ onCode }: { readonly onCode: (code: string) => void }) {
  const words = useWords(pageWords).check
  const [isOpen, setOpen] = useState(false)
  const can = 'mediaDevices' in navigator
  return (
    <>
      {isOpen && can && (
        <Suspense fallback={<Waiting />}>
          <Camera onCode={onCode} />
        </Suspense>
      )}
      {isOpen && !can && (
        <p className="notice" data-tone="warn" role="alert">
          {words.cameraNone}
        </p>
      )}
      <button type="button" className="btn phone-wide" aria-pressed={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name="scan" />
        {isOpen ? words.cameraOff : words.camera}
      </button>
    </>
  )
}
