import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { Copy } from '../../parts/copy.tsx'
import { TextField } from '../../parts/field.tsx'
import { failureText } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'

export type Channel = Answer<'GET /channels'>['channels'][number]
type Field = Channel['fields'][number]
type OneShop = Answer<'GET /shops/:shopId'>

/** What can be connected. It changes with the program only. */
export function useChannels(): readonly Channel[] | undefined {
  return useRead('GET /channels', {}, { staleTime: Number.POSITIVE_INFINITY }).data?.channels
}

/** The channel's name in the person's language. */
export function useChannelName(): (shop: { readonly channel: string; readonly channelZh: string }) => string {
  const language = useLanguage()
  const channels = useChannels()
  return ({ channel, channelZh }) => channels?.find((each) => each.channel === channel)?.[language] ?? channelZh
}

/** Fields a person types in; the others are brought by the authorisation. */
export const typedFields = (channel: Channel): readonly Field[] =>
  channel.fields.filter(({ kind }) => kind !== 'obtained')

export interface KeysState {
  readonly values: Readonly<Record<string, string>>
  readonly set: (name: string, value: string) => void
  readonly isTold: boolean
  readonly failure: Error | null
  readonly isRunning: boolean
  readonly save: () => void
}

interface KeysOptions {
  readonly shopId: number
  readonly channel: Channel | undefined
  readonly onSaved: (next: 'authorise' | 'test') => void
}

/** What is typed, and its way to the server. Fields that hold something and were left alone are not sent. */
export function useKeys({ shopId, channel, onSaved }: KeysOptions): KeysState & { readonly one: OneShop | undefined } {
  const one = useRead('GET /shops/:shopId', { shopId }).data
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [isTold, setTold] = useState(false)
  const { run, failure, isRunning } = useDo('PUT /shops/:shopId/credentials', {
    quiet: true,
    changes: ['GET /shops', 'GET /shops/:shopId'],
    onDone: ({ next }) => onSaved(next),
  })
  const fields = channel ? typedFields(channel) : []
  const save = () => {
    setTold(true)
    if (fields.some((field) => isMissing(field, values, one))) return
    run({ shopId, fields: { ...values } })
  }
  const set = (name: string, value: string) => setValues((all) => ({ ...all, [name]: value }))
  return { one, values, set, isTold, failure, isRunning, save }
}

const isKept = (name: string, one: OneShop | undefined) => one?.typed.some((each) => each.name === name) ?? false

function isMissing(field: Field, values: Readonly<Record<string, string>>, one: OneShop | undefined): boolean {
  if (field.optional) return false
  const value = values[field.name]
  return value === undefined ? !isKept(field.name, one) : value.trim() === ''
}

interface FormProps {
  readonly channel: Channel
  readonly keys: ReturnType<typeof useKeys>
}

/** The fields of the channel's manifest, each with where it is found; what can wait is folded away. */
export function KeysForm({ channel, keys }: FormProps) {
  const words = useWords(shopWords).wizard
  const fields = typedFields(channel)
  const needed = fields.filter(({ optional }) => !optional)
  const later = fields.filter(({ optional }) => optional)
  return (
    <div className="stack">
      {keys.failure && (
        <div className="notice" data-tone="err" role="alert">
          {failureText(keys.failure).text}
        </div>
      )}
      <p className="quiet">{words.keysIntro}</p>
      <Links links={channel.links} />
      {keys.one && <Addresses one={keys.one} />}
      {needed.map((field, at) => (
        <OneField key={field.name} field={field} keys={keys} isFirst={at === 0} />
      ))}
      {later.length > 0 && (
        <details className="more-keys">
          <summary>{words.more}</summary>
          <div className="stack">
            {later.map((field) => (
              <OneField key={field.name} field={field} keys={keys} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}

interface OneFieldProps {
  readonly field: Field
  readonly keys: ReturnType<typeof useKeys>
  readonly isFirst?: boolean
}

function OneField({ field, keys, isFirst = false }: OneFieldProps) {
  const words = useWords(shopWords).wizard
  const language = useLanguage()
  const held = keys.one?.typed.find(({ name }) => name === field.name)
  const isSecret = field.kind === 'secret'
  const wrong = keys.isTold && isMissing(field, keys.values, keys.one) ? words.needed : null
  return (
    <TextField
      label={field[language] + (field.optional ? words.optional : '')}
      help={<span lang="zh-CN">{field.helpZh}</span>}
      type={isSecret ? 'password' : 'text'}
      autoComplete={isSecret ? 'new-password' : 'off'}
      value={keys.values[field.name] ?? held?.value ?? ''}
      placeholder={held && isSecret ? words.kept : ''}
      isFirst={isFirst}
      wrong={wrong}
      onChange={(value) => keys.set(field.name, value)}
    />
  )
}

/** Where keys are applied for: pages outside open in a window of their own; a document of ours is named. */
function Links({ links }: { readonly links: readonly string[] }) {
  const words = useWords(shopWords).wizard
  if (links.length === 0) return null
  return (
    <div>
      <h3>{words.links}</h3>
      <ul className="wizard-links">
        {links.map((link) => (
          <li key={link}>
            {/^https?:/.test(link) ? (
              <a href={link} target="_blank" rel="noreferrer">
                {link}
              </a>
            ) : (
              <span>{words.docs(link)}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the platform has to be told of us. */
export function Addresses({ one }: { readonly one: OneShop }) {
  const words = useWords(shopWords).wizard
  const told = [
    [words.redirectUri, one.redirectUri],
    [words.hookUrl, one.hookUrl],
  ] as const
  if (told.every(([, address]) => address === null)) return null
  return (
    <div>
      <h3>{words.tellPlatform}</h3>
      <dl className="addresses">
        {told.map(
          ([name, address]) =>
            address !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="line">
                  <code>{address}</code>
                  <Copy text={address} what={name} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}
