import { Button } from '../../parts/button.tsx'
import { Skeleton } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { StepProps } from './connect-dialog.tsx'
import { type Channel, KeysForm, useKeys } from './keys-form.tsx'

interface KeysStepProps extends StepProps {
  readonly shopId: number
  readonly channel: Channel
  readonly onSaved: () => void
}

/** Step 2: the keys, and the addresses to register with the platform. */
export function KeysStep({ shopId, channel, onSaved, onClose }: KeysStepProps) {
  const words = useWords(shopWords).wizard
  const keys = useKeys({ shopId, channel, onSaved })
  if (keys.one === undefined) return <Skeleton rows={4} />
  return (
    <>
      <KeysForm channel={channel} keys={keys} />
      <div className="line wizard-foot">
        <Button onPress={onClose}>{words.later}</Button>
        <Button kind="primary" submit busy={keys.isRunning} onPress={keys.save}>
          {channel.authorisesInBrowser ? words.toBegin : words.toTest}
        </Button>
      </div>
    </>
  )
}
