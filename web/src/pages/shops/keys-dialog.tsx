import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Skeleton } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import { KeysForm, useChannels, useKeys } from './keys-form.tsx'
import type { ShopCard } from './signs.tsx'

/** 改密钥: the same fields as when connecting; secrets left empty stay as they are. */
export function KeysDialog({ shop, onClose }: { readonly shop: ShopCard; readonly onClose: () => void }) {
  const words = useWords(shopWords)
  const cancel = useWords(partWords).cancel
  const channel = useChannels()?.find((each) => each.channel === shop.channel)
  const onSaved = () => {
    say({ tone: 'ok', text: words.did.keys })
    onClose()
  }
  const keys = useKeys({ shopId: shop.shopId, channel, onSaved })
  return (
    <Dialog
      shape="drawer"
      title={`${words.deeds.keys} · ${shop.name}`}
      onClose={onClose}
      onSend={keys.isRunning ? undefined : keys.save}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={keys.isRunning}>
            {words.wizard.saveKeys}
          </Button>
        </>
      }
    >
      {channel && keys.one ? <KeysForm channel={channel} keys={keys} /> : <Skeleton rows={4} />}
    </Dialog>
  )
}
