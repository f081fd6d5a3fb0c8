import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { useWords } from '../../words/language.ts'
import { shopFileWords } from '../../words/shop-files.ts'
import { shopWords } from '../../words/shops.ts'
import type { StepProps } from './connect-dialog.tsx'
import { FileGuide } from './file-guide.tsx'
import type { Channel } from './keys-form.tsx'

interface FilesStepProps extends StepProps {
  readonly shopId: number
  readonly channel: Channel
}

/** Step 2 without keys: what to drop where, and how shipments get back. */
export function FilesStep({ shopId, channel, onClose }: FilesStepProps) {
  const words = useWords(shopWords)
  const { toTransfers } = useWords(shopFileWords)
  return (
    <>
      <FileGuide channel={channel} />
      <div className="line wizard-foot">
        <Button onPress={onClose}>{words.wizard.later}</Button>
        <Go to={`/shops?shop=${shopId}`} kind="plain">
          {words.wizard.toShop}
        </Go>
        <Go to="/transfers" kind="primary">
          {toTransfers}
        </Go>
      </div>
    </>
  )
}
