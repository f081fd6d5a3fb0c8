import { useState } from 'react'
import type { Preferences } from '../../../src/contract/security.ts'
import { CallFailed, call } from '../api.ts'
import { countText } from '../format.ts'
import { applyLooks, looks } from '../looks.ts'
import { changeStation, stationSettings } from '../scan/station.ts'
import { useMe } from '../session.ts'
import { bootWords } from '../words/boot.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { scanWords } from '../words/scan.ts'
import type { PageProps } from './desk.ts'
import { Failed } from './failed.tsx'
import { forgetPerson } from './kept-person.ts'
import { go } from './place.ts'

/** 我的: how the phone looks and sounds, and the way out. */
export default function MinePage({ desk }: PageProps) {
  const words = useWords(pageWords)
  const me = useMe()
  return (
    <div className="phone-stack">
      <p>
        <strong>{me.name}</strong> <span className="quiet">{me.roles.map(({ name }) => name).join('、')}</span>
      </p>
      <Looks />
      <Sounds />
      <button type="button" className="btn phone-wide" onClick={() => go('/m/scanner')}>
        {words.scanner.open}
      </button>
      <a className="btn phone-wide" href="/">
        {words.mine.desk}
      </a>
      <Leave desk={desk} />
    </div>
  )
}

function Looks() {
  const words = useWords(pageWords).mine
  const { languages } = useWords(bootWords)
  const language = useLanguage()
  const [theme, setTheme] = useState(looks().theme)
  const look = (part: Partial<Preferences>) => {
    const next = { ...looks(), ...part }
    applyLooks(next)
    setTheme(next.theme)
    // The device keeps it in any case; without network the server is told at the next change.
    void call('PUT /me/preferences', next).catch(noteOffline)
  }
  return (
    <>
      <Toggles
        label={words.language}
        options={(['zh', 'en'] as const).map((value) => ({ value, label: languages[value] }))}
        value={language}
        onChange={(next) => look({ language: next })}
      />
      <Toggles
        label={words.theme}
        options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: words.themes[value] }))}
        value={theme}
        onChange={(next) => look({ theme: next })}
      />
    </>
  )
}

function noteOffline(error: unknown): void {
  if (!(error instanceof CallFailed)) throw error
}

interface TogglesProps<V extends string> {
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly value: V
  readonly onChange: (value: V) => void
}

function Toggles<V extends string>({ label, options, value, onChange }: TogglesProps<V>) {
  return (
    <fieldset className="phone-set">
      <legend>{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={label} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Sounds() {
  const words = useWords(scanWords).settings
  const [settings, set] = useState(stationSettings)
  return (
    <div>
      {(['ships', 'sound', 'voice'] as const).map((name) => (
        <label key={name} className="phone-check">
          <input
            type="checkbox"
            checked={settings[name]}
            onChange={(event) => {
              changeStation({ [name]: event.target.checked })
              set(stationSettings())
            }}
          />
          {words[name]}
        </label>
      ))}
    </div>
  )
}

/** Scans that lie on the device would be lost with the session, so they go first. */
function Leave({ desk }: PageProps) {
  const words = useWords(pageWords).mine
  const [failure, setFailure] = useState<CallFailed | null>(null)
  const waiting = desk.queue.waiting.length
  const out = async () => {
    try {
      await call('DELETE /session', {})
      forgetPerson()
      await desk.station?.forget()
      window.location.assign('/m')
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      setFailure(error)
    }
  }
  return (
    <>
      {waiting > 0 && (
        <p className="notice" data-tone="warn">
          {words.keeps(countText(waiting))}
        </p>
      )}
      {failure && <Failed failure={failure} onAgain={() => void out()} />}
      <button type="button" className="btn phone-wide" disabled={waiting > 0} onClick={() => void out()}>
        {words.signOut}
      </button>
    </>
  )
}
