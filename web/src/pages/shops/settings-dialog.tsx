import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PickField, TextField } from '../../parts/field.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shadowWords } from '../../words/shadow.ts'
import { shopWords } from '../../words/shops.ts'
import { useStageTip } from './beside.tsx'
import { type ShopCard, stagesFor } from './signs.tsx'

interface SettingsProps {
  readonly shop: ShopCard
  readonly onClose: () => void
}

export const historyChoices = [1, 3, 7, 15, 30, 60, 90]
const dayChoices = [1, 2, 3, 5, 7, 14, 30]
const nameMax = 40

/** The shop's name here, how far its first pull reaches, and how far it has gone over to us. */
export function SettingsDialog({ shop, onClose }: SettingsProps) {
  const words = useWords(shopWords)
  const stages = useWords(shadowWords)
  const stageTip = useStageTip(shop)
  const cancel = useWords(partWords).cancel
  const read = useRead('GET /shops/:shopId', { shopId: shop.shopId })
  const [name, setName] = useState(shop.name)
  const [stage, setStage] = useState(shop.stage)
  const [days, setDays] = useState(shop.shadowDays)
  const [chosen, setChosen] = useState<number | null>(null)
  const history = chosen ?? read.data?.historyDays ?? null
  const { run, isRunning } = useDo('PATCH /shops/:shopId', {
    changes: ['GET /shops', 'GET /shops/:shopId', 'GET /home'],
    onDone: () => {
      say({ tone: 'ok', text: words.did.settings(name.trim()) })
      onClose()
    },
  })
  const wrong = name.trim() === '' ? words.settings.nameNeeded : null
  const setTo = stage === 'off' ? {} : { stage, shadowDays: days }
  const save = () =>
    run({ shopId: shop.shopId, name: name.trim(), ...setTo, ...(chosen !== null && { historyDays: chosen }) })
  const spans = [...new Set([...historyChoices, ...(history === null ? [] : [history])])].sort((a, b) => a - b)
  return (
    <Dialog
      title={words.settings.title(shop.name)}
      onClose={onClose}
      onSend={wrong === null && !isRunning ? save : undefined}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={isRunning} because={wrong}>
            {words.settings.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          isFirst
          label={words.settings.name}
          help={words.settings.nameHelp}
          value={name}
          onChange={setName}
          maxLength={nameMax}
          wrong={wrong}
        />
        {shop.mode === 'api' && shop.takesOrders && shop.state === 'new' && (
          <PickField
            label={words.settings.history}
            value={history}
            options={spans.map((each) => ({ value: each, label: words.settings.days(each) }))}
            onChange={setChosen}
          />
        )}
        {shop.mode === 'api' && stage !== 'off' && (
          <PickField
            label={stages.title}
            help={stageTip[stage]}
            value={stage}
            options={stagesFor(shop).map((value) => ({ value, label: stages.stage[value] }))}
            onChange={setStage}
          />
        )}
        {stage === 'shadow' && (
          <PickField
            label={stages.days}
            value={days}
            options={dayChoices.map((value) => ({ value, label: stages.dayCount(String(value)) }))}
            onChange={setDays}
          />
        )}
      </div>
    </Dialog>
  )
}
