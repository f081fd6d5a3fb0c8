import { type ReactNode, useState } from 'react'
import type { MenuItem } from '../../parts/menu.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { shadowWords } from '../../words/shadow.ts'
import { shopWords } from '../../words/shops.ts'
import { useAuthorise } from './authorise.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { useChannels } from './keys-form.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { type ShopCard, stagesFor } from './signs.tsx'
import { TestDialog } from './test-dialog.tsx'

type DialogName = 'test' | 'settings' | 'keys' | 'remove' | 'connect'
type Open = { readonly dialog: DialogName; readonly shop: ShopCard } | { readonly dialog: 'new' } | null

type Stage = Exclude<ShopCard['stage'], 'off'>

/** The stages a shop is not in. */
const stagesOf = (shop: ShopCard) => stagesFor(shop).filter((stage) => stage !== shop.stage)

const changes = ['GET /shops', 'GET /shops/:shopId', 'GET /shops/:shopId/shadow', 'GET /home'] as const

/** What may be done with a shop, the same on its card and on its page. */
export interface ShopDeeds {
  readonly items: (shop: ShopCard) => readonly MenuItem[]
  readonly authorise: (shop: ShopCard) => void
  readonly isAuthorising: boolean
  readonly connect: (shop?: ShopCard) => void
  readonly dialogs: ReactNode
}

/** `onGone`: told when a shop was deleted. */
export function useShopDeeds(onGone: () => void = () => undefined): ShopDeeds {
  const words = useWords(shopWords)
  const may = useMay()('shops.manage')
  const [open, setOpen] = useState<Open>(null)
  const quick = useQuickDeeds()
  const { authorise, isRunning } = useAuthorise()
  const stages = useWords(shadowWords).stage
  const close = () => setOpen(null)
  const channels = useChannels()
  const takesFiles = (shop: ShopCard) => channels?.find((each) => each.channel === shop.channel)?.fileMode === true
  const because = may ? null : words.mayNot
  const items = (shop: ShopCard): MenuItem[] => {
    const item = (label: string, run: () => void, more: Partial<MenuItem> = {}) => ({ label, run, because, ...more })
    const shows = (dialog: DialogName) => () => setOpen({ dialog, shop })
    const isApi = shop.mode === 'api'
    const isBegun = isApi && shop.state !== 'new'
    return [
      ...(isBegun && shop.state !== 'paused' ? [item(words.deeds.sync, () => quick.sync(shop))] : []),
      ...(isApi ? [item(words.deeds.test, shows('test'))] : []),
      ...(isApi ? [item(words.deeds.keys, shows('keys'))] : []),
      ...(shop.authorisation.expiresAt === null
        ? []
        : [item(words.authoriseAgain, () => authorise(shop.shopId), { apart: true })]),
      item(words.deeds.settings, shows('settings')),
      ...(isApi
        ? stagesOf(shop).map((stage) => item(words.deeds.stage(stages[stage]), () => quick.setStage(shop, stage)))
        : []),
      shop.state === 'paused'
        ? item(words.deeds.resume, () => quick.resume(shop))
        : item(words.deeds.pause, () => quick.pause(shop)),
      ...(isApi && !takesFiles(shop)
        ? []
        : [item(isApi ? words.deeds.toFile : words.deeds.toApi, () => quick.turn(shop))]),
      item(words.deeds.remove, shows('remove'), { danger: true, apart: true }),
    ]
  }
  return {
    items,
    authorise: (shop) => authorise(shop.shopId),
    isAuthorising: isRunning,
    connect: (shop) => setOpen(shop ? { dialog: 'connect', shop } : { dialog: 'new' }),
    dialogs: open && <Dialogs open={open} onClose={close} onGone={onGone} />,
  }
}

/** Deeds that are done at once and can be taken back. */
function useQuickDeeds() {
  const words = useWords(shopWords).did
  const stages = useWords(shadowWords).stage
  const sync = useDo('POST /shops/:shopId/sync', { changes })
  const pause = useDo('POST /shops/:shopId/pause', { changes })
  const resume = useDo('POST /shops/:shopId/resume', { changes })
  const change = useDo('PATCH /shops/:shopId', { changes })
  const switchMode = useDo('POST /shops/:shopId/mode', { changes })
  const told = (text: string, undo?: () => void) => say({ tone: 'ok', text, ...(undo && { undo }) })
  const resumeIt = async (shop: ShopCard) => {
    await resume.runAsync({ shopId: shop.shopId })
    told(words.resume(shop.name))
  }
  const setStage = async (shop: ShopCard, stage: Stage) => {
    await change.runAsync({ shopId: shop.shopId, stage })
    const back = shop.stage
    told(
      words.stage(shop.name, stages[stage]),
      back === 'off' ? undefined : () => void setStage({ ...shop, stage }, back).catch(shown),
    )
  }
  const turn = async (shop: ShopCard) => {
    const mode = shop.mode === 'api' ? 'file' : 'api'
    await switchMode.runAsync({ shopId: shop.shopId, mode })
    told((mode === 'api' ? words.toApi : words.toFile)(shop.name), () => void turn({ ...shop, mode }).catch(shown))
  }
  return {
    turn: (shop: ShopCard) => void turn(shop).catch(shown),
    sync: (shop: ShopCard) => sync.run({ shopId: shop.shopId }, { onSuccess: () => told(words.sync(shop.name)) }),
    pause: (shop: ShopCard) =>
      pause.run(
        { shopId: shop.shopId },
        { onSuccess: () => told(words.pause(shop.name), () => void resumeIt(shop).catch(shown)) },
      ),
    resume: (shop: ShopCard) => void resumeIt(shop).catch(shown),
    setStage: (shop: ShopCard, stage: Stage) => void setStage(shop, stage).catch(shown),
  }
}

/** The failure was shown where it happened. */
const shown = () => undefined

interface DialogsProps {
  readonly open: NonNullable<Open>
  readonly onClose: () => void
  readonly onGone: () => void
}

function Dialogs({ open, onClose, onGone }: DialogsProps) {
  if (open.dialog === 'new') return <ConnectDialog onClose={onClose} />
  const { shop } = open
  switch (open.dialog) {
    case 'connect':
      return <ConnectDialog shop={shop} onClose={onClose} />
    case 'test':
      return <TestDialog shop={shop} onClose={onClose} />
    case 'keys':
      return <KeysDialog shop={shop} onClose={onClose} />
    case 'settings':
      return <SettingsDialog shop={shop} onClose={onClose} />
    case 'remove':
      return <RemoveDialog shop={shop} onClose={onClose} onGone={onGone} />
  }
}
