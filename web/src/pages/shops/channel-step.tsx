import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Choices, TextField } from '../../parts/field.tsx'
import { ChannelMark } from '../../parts/signs.tsx'
import { useDo } from '../../query.ts'
import { besideWords } from '../../words/beside.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import { BesidePick } from './beside.tsx'
import type { StepProps } from './connect-dialog.tsx'
import { type Channel, typedFields } from './keys-form.tsx'

interface ChannelStepProps extends StepProps {
  readonly channels: readonly Channel[]
  readonly onMade: (made: {
    readonly shopId: number
    readonly name: string
    readonly channel: string
    readonly mode: 'api' | 'file'
  }) => void
}

const nameMax = 40

/** Step 1: which channel, by keys or by files, and what the shop is called here. */
export function ChannelStep({ channels, onMade, onClose }: ChannelStepProps) {
  const words = useWords(shopWords)
  const { modeHelp } = useWords(besideWords)
  const [chosen, setChosen] = useState<string | null>(null)
  const [mode, setMode] = useState<'api' | 'file'>('api')
  const [name, setName] = useState('')
  const [beside, setBeside] = useState<number | null>(null)
  const [isTold, setTold] = useState(false)
  const channel = channels.find((each) => each.channel === chosen)
  const used = channel?.fileMode ? mode : 'api'
  const { run, isRunning } = useDo('POST /shops', {
    changes: ['GET /shops', 'GET /home'],
    onDone: ({ shopId }, given) => onMade({ shopId, name: given.name, channel: given.channel, mode: given.mode }),
  })
  const isBeside = channel?.takesOrders === false
  const go = () => {
    setTold(true)
    if (!channel || name.trim() === '' || (isBeside && beside === null)) return
    run({
      channel: channel.channel,
      name: name.trim(),
      mode: used,
      ...(isBeside && beside !== null && { besideShopId: beside }),
    })
  }
  const missing = channel ? null : words.wizard.pickChannel
  return (
    <div className="stack">
      <ChannelPick channels={channels} chosen={chosen} onChoose={setChosen} />
      {isTold && missing && (
        <span className="wrong" role="alert">
          {missing}
        </span>
      )}
      {channel?.fileMode && (
        <Choices
          label={words.wizard.mode}
          value={mode}
          options={(['api', 'file'] as const).map((value) => ({ value, label: words.wizard.modes[value] }))}
          onChange={setMode}
        />
      )}
      {channel && <p className="quiet">{isBeside ? modeHelp : words.wizard.modeHelp[used]}</p>}
      {isBeside && <BesidePick chosen={beside} onChoose={setBeside} isTold={isTold} />}
      <TextField
        label={words.wizard.name}
        placeholder={words.wizard.namePlaceholder}
        help={words.settings.nameHelp}
        value={name}
        maxLength={nameMax}
        onChange={setName}
        wrong={isTold && name.trim() === '' ? words.settings.nameNeeded : null}
      />
      <div className="line wizard-foot">
        <Button onPress={onClose}>{words.wizard.later}</Button>
        <Button kind="primary" submit busy={isRunning} onPress={go}>
          {used === 'file' ? words.wizard.toFiles : words.wizard.toKeys}
        </Button>
      </div>
    </div>
  )
}

interface PickProps {
  readonly channels: readonly Channel[]
  readonly chosen: string | null
  readonly onChoose: (channel: string) => void
}

function ChannelPick({ channels, chosen, onChoose }: PickProps) {
  const words = useWords(shopWords).wizard
  const language = useLanguage()
  return (
    <fieldset className="plain-set channel-pick">
      <legend>{words.channel}</legend>
      {channels.map((each) => {
        const needs = typedFields(each).filter(({ optional }) => !optional)
        const told = [
          words.needs(needs.map((field) => field[language]).join(language === 'zh' ? '、' : ', ')),
          ...(each.authorisesInBrowser ? [words.authorises] : []),
          ...(each.fileMode ? [words.byFile] : []),
        ]
        return (
          <label key={each.channel} className="channel-card" data-chosen={each.channel === chosen || undefined}>
            <input
              type="radio"
              name="channel"
              checked={each.channel === chosen}
              onChange={() => onChoose(each.channel)}
            />
            <ChannelMark channel={each.channel} mark={each.mark} />
            <span className="channel-name">
              <strong>{each[language]}</strong>
              <span className="small quiet">{told.join(language === 'zh' ? '；' : '; ')}</span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
