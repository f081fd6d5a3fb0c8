import { Go, useGo } from '../../parts/go.tsx'
import { ViewTabs } from '../../parts/list.tsx'
import { MenuButton } from '../../parts/menu.tsx'
import { Page } from '../../parts/page.tsx'
import { ChannelMark } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import { CallsTab } from './calls-tab.tsx'
import { DaysTab } from './days-tab.tsx'
import { useShopDeeds } from './deeds.tsx'
import { FilesTab } from './files-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { PushesTab } from './pushes-tab.tsx'
import type { ShopSearch, ShopTab } from './search.ts'
import { ShadowTab } from './shadow-tab.tsx'
import { MainDeed } from './shop-card.tsx'
import { type ShopCard, StateTag } from './signs.tsx'
import { SpansTab } from './spans-tab.tsx'
import { UnsentTab } from './unsent-tab.tsx'

const everyMs = 15_000

interface OneShopProps {
  readonly shopId: number
  readonly search: ShopSearch
  readonly change: (search: ShopSearch) => void
}

/** One shop with all its records: certificates, calls, windows, what is unsent, pushes, files. */
export function OneShopPage({ shopId, search, change }: OneShopProps) {
  const words = useWords(shopWords)
  const more = useWords(partWords).more
  const read = useRead('GET /shops/:shopId', { shopId }, { refetchInterval: everyMs })
  const go = useGo()
  const deeds = useShopDeeds(() => go('/shops'))
  const shop = read.data?.shop
  const wanted = search.tab ?? 'overview'
  const tab = wanted === 'shadow' && shop?.stage !== 'shadow' ? 'overview' : wanted
  const isList = tab !== 'overview' && tab !== 'files' && tab !== 'days' && tab !== 'shadow'
  return (
    <Page
      shape={isList ? 'list' : 'read'}
      title={shop?.name ?? words.whatOne}
      fact={
        shop && (
          <span className="line">
            <ChannelMark channel={shop.channel} mark={shop.mark} />
            <StateTag shop={shop} />
          </span>
        )
      }
      acts={
        <>
          <Go to="/shops" kind="quiet">
            {words.all}
          </Go>
          {shop && <MainDeed shop={shop} deeds={deeds} />}
          {shop && (
            <MenuButton items={deeds.items(shop)} alignEnd>
              {more}
            </MenuButton>
          )}
        </>
      }
    >
      <Shown read={read} what={words.whatOne}>
        {(one) => (
          <>
            <Tabs shop={one.shop} tab={tab} onChoose={(next) => change({ shop: shopId, tab: next })} />
            <Body one={one} tab={tab} search={search} change={change} />
          </>
        )}
      </Shown>
      {deeds.dialogs}
    </Page>
  )
}

interface TabsProps {
  readonly shop: ShopCard
  readonly tab: ShopTab
  readonly onChoose: (tab: ShopTab) => void
}

function Tabs({ shop, tab, onChoose }: TabsProps) {
  const words = useWords(shopWords).tabs
  const seesParcels = useMay()('fulfilment.read')
  const hasPushes = shop.duties.some(({ duty, offered }) => duty === 'pushes' && offered)
  const api: readonly ShopTab[] = ['overview', 'shadow', 'days', 'unsent', 'calls', 'spans', 'pushes']
  const file: readonly ShopTab[] = ['overview', 'files', 'unsent']
  const offered = (shop.mode === 'file' ? file : api).filter((id) => {
    if (id === 'files' || id === 'unsent') return seesParcels
    if (id === 'shadow') return shop.stage === 'shadow'
    if (id === 'days' || id === 'spans') return shop.takesOrders
    return id !== 'pushes' || hasPushes
  })
  return (
    <ViewTabs
      chosen={tab}
      onChoose={onChoose}
      tabs={offered.map((id) => ({
        id,
        label: words[id],
        count: id === 'unsent' ? shop.unsent : undefined,
        isUrgent: id === 'unsent' && shop.stage !== 'read-only' && shop.stage !== 'shadow',
      }))}
    />
  )
}

export interface TabProps {
  readonly shop: ShopCard
  readonly search: ShopSearch
  readonly change: (search: ShopSearch) => void
}

interface BodyProps extends Omit<TabProps, 'shop'> {
  readonly one: Parameters<typeof OverviewTab>[0]['one']
  readonly tab: ShopTab
}

function Body({ one, tab, search, change }: BodyProps) {
  const props = { shop: one.shop, search, change }
  switch (tab) {
    case 'overview':
      return <OverviewTab one={one} />
    case 'days':
      return <DaysTab {...props} />
    case 'unsent':
      return <UnsentTab {...props} />
    case 'calls':
      return <CallsTab {...props} />
    case 'spans':
      return <SpansTab {...props} />
    case 'pushes':
      return <PushesTab {...props} />
    case 'files':
      return <FilesTab shop={one.shop} />
    case 'shadow':
      return <ShadowTab shop={one.shop} />
  }
}
