import { ConfirmByName } from '../../parts/confirm.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { ShopCard } from './signs.tsx'

interface RemoveProps {
  readonly shop: ShopCard
  readonly onClose: () => void
  readonly onGone: () => void
}

/** 删除店铺: what goes and what stays, and its name typed by hand. */
export function RemoveDialog({ shop, onClose, onGone }: RemoveProps) {
  const words = useWords(shopWords)
  const { run, isRunning } = useDo('DELETE /shops/:shopId', {
    changes: ['GET /shops', 'GET /home'],
    onDone: () => {
      say({ tone: 'ok', text: words.did.remove(shop.name) })
      onClose()
      onGone()
    },
  })
  return (
    <ConfirmByName
      title={words.remove.title}
      name={shop.name}
      deed={words.deeds.remove}
      isRunning={isRunning}
      onDo={(name) => run({ shopId: shop.shopId, name })}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.remove.goes}</p>
        <p>{words.remove.stays}</p>
        <p className="quiet">{words.remove.instead}</p>
      </div>
    </ConfirmByName>
  )
}
