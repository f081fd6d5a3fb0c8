import { useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Dialog } from './dialog.tsx'
import { Check } from './field.tsx'
import { keyText } from './key-text.ts'
import { lettersAreOn, type Shortcut, shortcutsNow, switchLetters, useShortcuts } from './shortcuts.ts'

/** `?`: the keys that act now. */
export function KeyHelp() {
  const words = useWords(partWords).keys
  const [told, setTold] = useState<readonly Shortcut[] | null>(null)
  const [letters, setLetters] = useState(lettersAreOn)
  useShortcuts([
    { keys: 'Shift+Slash', words: words.help, where: 'page', run: () => setTold(shortcutsNow()) },
    { keys: '$mod+Enter', words: words.send, where: 'page' },
  ])
  if (told === null) return null
  const here = told.filter((each) => each.where === 'list')
  const rest = told.filter((each) => each.where !== 'list')
  return (
    <Dialog title={words.title} width={640} onClose={() => setTold(null)} onSend={() => setTold(null)}>
      <div className="stack">
        <div className="keys-columns">
          <KeyList title={words.here} shortcuts={here} />
          <KeyList title={words.everywhere} shortcuts={rest} />
        </div>
        <Check
          label={words.letters}
          help={words.lettersHelp}
          checked={letters}
          onChange={(on) => {
            switchLetters(on)
            setLetters(on)
          }}
        />
      </div>
    </Dialog>
  )
}

function KeyList({ title, shortcuts }: { readonly title: string; readonly shortcuts: readonly Shortcut[] }) {
  if (shortcuts.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {shortcuts.map((each) => (
          <div key={each.keys + each.words}>
            <dt>
              {keyText(each.keys)
                .split(' ')
                .map((key, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: keys of one combination, in order.
                  <kbd key={at}>{key}</kbd>
                ))}
            </dt>
            <dd>{each.words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
