import { PickField } from '../../parts/field.tsx'
import { useRead } from '../../query.ts'
import { besideWords } from '../../words/beside.ts'
import { useWords } from '../../words/language.ts'
import { shadowWords } from '../../words/shadow.ts'
import type { ShopCard } from './signs.tsx'

/** The name of the shop whose parcels this one's platform is told of; null for a shop of its own. */
export function useBeside({ besideShopId }: Pick<ShopCard, 'besideShopId'>): string | null {
  const { data } = useRead('GET /shops', {})
  if (besideShopId === null) return null
  return data?.shops.find(({ shopId }) => shopId === besideShopId)?.name ?? `#${besideShopId}`
}

/** What a stage means for this shop. */
export function useStageTip({ takesOrders }: Pick<ShopCard, 'takesOrders'>) {
  const { stageTip } = useWords(shadowWords)
  const beside = useWords(besideWords).stageTip
  return takesOrders ? stageTip : { ...stageTip, ...beside }
}

/** `为“木白官网”报送发货`. */
export function Beside({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(besideWords)
  const name = useBeside(shop)
  return name === null ? null : <p className="quiet">{words.tells(name)}</p>
}

interface PickProps {
  readonly chosen: number | null
  readonly onChoose: (shopId: number) => void
  /** Somebody tried to go on without a choice. */
  readonly isTold: boolean
}

/** Which shop's parcels are to be reported: any that has orders. */
export function BesidePick({ chosen, onChoose, isTold }: PickProps) {
  const words = useWords(besideWords)
  const { data } = useRead('GET /shops', {})
  const shops = (data?.shops ?? []).filter(({ takesOrders }) => takesOrders)
  if (data !== undefined && shops.length === 0)
    return (
      <p className="wrong" role="alert">
        {words.besideNone}
      </p>
    )
  return (
    <PickField
      label={words.beside}
      help={words.besideHelp}
      value={chosen}
      options={shops.map(({ shopId, name }) => ({ value: shopId, label: name }))}
      onChange={onChoose}
      wrong={isTold && chosen === null ? words.besideNeeded : null}
    />
  )
}
