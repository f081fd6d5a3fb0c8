import { useState } from 'react'
import { meaningsOf, shownCode } from '../scan/codes.ts'
import type { Code } from '../scan/scanner-keys.ts'
import { useScanner } from '../scan/use-scanner.ts'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { CameraButton } from './camera-button.tsx'

/** 扫码枪测试: shows what arrives and how it is understood, so that a scanner can be set right. */
export default function ScannerPage() {
  const words = useWords(pageWords).scanner
  const [code, setCode] = useState<Code | null>(null)
  useScanner({ isOn: true, onCode: setCode })
  return (
    <div className="phone-stack">
      <p className="phone-ask">{words.ask}</p>
      {code === null ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <dl className="phone-facts" aria-live="polite">
          <div>
            <dt>{words.raw}</dt>
            <dd className="mono">{shownCode(code.text)}</dd>
          </div>
          <div>
            <dt>{words.understood}</dt>
            <dd className="mono">{meaningsOf(code.text).map(shownCode).join(' / ')}</dd>
          </div>
          <div>
            <dt>{words.speed}</dt>
            <dd>{code.isByHand ? words.byHand : words.byScanner}</dd>
          </div>
        </dl>
      )}
      <CameraButton onCode={(text) => setCode({ text, isByHand: false })} />
    </div>
  )
}
