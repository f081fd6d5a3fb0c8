import { useState } from 'react'
import { Dialog } from '../../parts/dialog.tsx'
import { Skeleton } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import { BeginStep } from './begin-step.tsx'
import { ChannelStep } from './channel-step.tsx'
import { FilesStep } from './files-step.tsx'
import { useChannels } from './keys-form.tsx'
import { KeysStep } from './keys-step.tsx'
import type { ShopCard } from './signs.tsx'

interface ConnectProps {
  /** A shop whose connecting was begun earlier. */
  readonly shop?: ShopCard
  readonly onClose: () => void
}

interface Made {
  readonly shopId: number
  readonly name: string
  readonly channel: string
  readonly mode: 'api' | 'file'
}

export interface StepProps {
  readonly onClose: () => void
}

const width = 640

/** 连接店铺 in three steps, each with what it needs; what was begun can be left and gone on with later. */
export function ConnectDialog({ shop, onClose }: ConnectProps) {
  const words = useWords(shopWords).wizard
  const channels = useChannels()
  const [made, setMade] = useState<Made | null>(shop ?? null)
  const [hasKeys, setHasKeys] = useState(shop !== undefined && shop.authorisation.state !== 'none')
  const channel = channels?.find((each) => each.channel === made?.channel)
  const names = made?.mode === 'file' ? words.fileSteps : words.steps
  const later = hasKeys ? 3 : 2
  const at = made === null ? 1 : later
  const title = made === null ? words.title : words.titleOf(made.name)
  return (
    <Dialog title={title} width={width} onClose={onClose}>
      <ol className="wizard-steps" aria-label={words.stepOf(at, names.length, names[at - 1] ?? '')}>
        {names.map((name, index) => (
          <li key={name} aria-current={index + 1 === at ? 'step' : undefined} data-done={index + 1 < at || undefined}>
            <b>{index + 1 < at ? '✓' : index + 1}</b> {name}
          </li>
        ))}
      </ol>
      {channels === undefined ? (
        <Skeleton rows={4} />
      ) : (
        <Step {...{ made, channel, channels, hasKeys, onClose }} onMade={setMade} onKeys={() => setHasKeys(true)} />
      )}
    </Dialog>
  )
}

interface StepsProps extends StepProps {
  readonly made: Made | null
  readonly channel: Parameters<typeof KeysStep>[0]['channel'] | undefined
  readonly channels: Parameters<typeof ChannelStep>[0]['channels']
  readonly hasKeys: boolean
  readonly onMade: (made: Made) => void
  readonly onKeys: () => void
}

function Step({ made, channel, channels, hasKeys, onMade, onKeys, onClose }: StepsProps) {
  if (made === null || channel === undefined)
    return <ChannelStep channels={channels} onMade={onMade} onClose={onClose} />
  if (made.mode === 'file') return <FilesStep shopId={made.shopId} channel={channel} onClose={onClose} />
  if (!hasKeys) return <KeysStep shopId={made.shopId} channel={channel} onSaved={onKeys} onClose={onClose} />
  return <BeginStep shopId={made.shopId} channel={channel} onClose={onClose} />
}
