import '../shops/shops.css'
import './switchboard.css'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Choices, PickField } from '../../parts/field.tsx'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { Ago, ChannelMark, Tag } from '../../parts/signs.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { switchboardWords } from '../../words/switchboard.ts'
import { Fact, type ShopCard, StateTag } from '../shops/signs.tsx'

type Board = Answer<'GET /switchboard'>
type Platform = Board['platforms'][number]
type Kind = Platform['catalogue'][number]

const everyMs = 2_000
const rates = { some: 0.3, all: 1 } as const
type Rate = keyof typeof rates

/** 总开关: breaks the simulated platforms in every way they know, beside what the product sees of each. In the sandbox only. */
export default function SwitchboardPage() {
  const words = useWords(switchboardWords)
  const read = useRead('GET /switchboard', {}, { refetchInterval: everyMs })
  const shops = useRead('GET /shops', {}, { refetchInterval: everyMs }).data?.shops ?? []
  const breaking = useBreaking()
  const [rate, setRate] = useState<Rate>('all')
  const broken = read.data?.platforms.filter(({ faults }) => faults.length > 0) ?? []
  return (
    <Page
      shape="read"
      title={words.title}
      fact={read.data && words.fact(countText(read.data.platforms.length))}
      acts={
        <Button because={breaking.because} onPress={() => void breaking.healAll(broken)}>
          {words.healAll}
        </Button>
      }
    >
      <Shown read={read} what={words.what}>
        {(board) => (
          <div className="stack">
            <section className="card line wrap">
              <Choices
                label={words.rate}
                value={rate}
                options={(['some', 'all'] as const).map((value) => ({ value, label: words.rates[value] }))}
                onChange={setRate}
              />
              <Buyers market={board.market} />
            </section>
            <div className="platforms">
              {board.platforms.map((platform) => (
                <PlatformCard
                  key={platform.channel}
                  platform={platform}
                  shops={shops.filter(({ channel }) => channel === platform.channel)}
                  rate={rate}
                  breaking={breaking}
                />
              ))}
            </div>
          </div>
        )}
      </Shown>
    </Page>
  )
}

function useBreaking() {
  const words = useWords(switchboardWords)
  const may = useMay()('shops.manage')
  const { runAsync, isRunning } = useDo('POST /switchboard/platforms/:channel', {
    changes: ['GET /switchboard', 'GET /shops'],
  })
  /** A failure was shown where it happened. */
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined)
  return {
    because: may ? null : words.mayNot,
    isRunning,
    set: (channel: string, faults: Platform['faults']) => quietly(runAsync({ channel, faults })),
    heal: async ({ channel, zh }: Platform) => {
      await quietly(runAsync({ channel, faults: [] }))
      say({ tone: 'ok', text: words.healed(zh) })
    },
    healAll: async (broken: readonly Platform[]) => {
      for (const { channel } of broken) await quietly(runAsync({ channel, faults: [] }))
      say({ tone: 'ok', text: words.healedAll })
    },
  }
}

const paces = [0, 1, 6, 30, 120, 300]

function Buyers({ market }: { readonly market: Board['market'] }) {
  const words = useWords(switchboardWords)
  const { run } = useDo('POST /switchboard/market', { changes: ['GET /switchboard'] })
  if (market === null) return null
  const now = market.isPaused ? 0 : market.ordersPerMinute
  return (
    <>
      <PickField
        label={`${words.buyers} · ${words.pace}`}
        value={now}
        options={[...new Set([...paces, now])]
          .sort((a, b) => a - b)
          .map((value) => ({ value, label: value === 0 ? words.paused : words.perMinute(countText(value)) }))}
        onChange={(ordersPerMinute) => run({ ordersPerMinute })}
      />
      <span className="quiet">{words.placed(countText(market.placed))}</span>
    </>
  )
}

interface PlatformProps {
  readonly platform: Platform
  readonly shops: readonly ShopCard[]
  readonly rate: Rate
  readonly breaking: ReturnType<typeof useBreaking>
}

function PlatformCard({ platform, shops, rate, breaking }: PlatformProps) {
  const words = useWords(switchboardWords)
  const { zh, faults, calls, refused, violations, orders } = platform
  if (!platform.isThere)
    return (
      <article className="card" aria-label={zh}>
        <Empty title={`${zh}：${words.gone}`}>{words.goneHelp}</Empty>
      </article>
    )
  return (
    <article className="card stack" aria-label={zh}>
      <div className="platform-head">
        <h2>{zh}</h2>
        <Tag tone={faults.length === 0 ? 'ok' : 'err'}>
          {faults.length === 0 ? words.good : words.broken(countText(faults.length))}
        </Tag>
        {faults.length > 0 && (
          <Button because={breaking.because} onPress={() => void breaking.heal(platform)}>
            {words.heal}
          </Button>
        )}
      </div>
      <dl className="facts">
        <Fact name={words.orders}>{countText(orders)}</Fact>
        <Fact name={words.calls}>{countText(calls)}</Fact>
        <Fact name={words.refused}>{countText(refused)}</Fact>
        <Fact name={words.violations}>
          {violations === 0 ? countText(violations) : <Tag tone="err">{countText(violations)}</Tag>}
        </Fact>
        <Fact name={words.shop}>
          <Seen shops={shops} />
        </Fact>
      </dl>
      <FaultKinds platform={platform} rate={rate} breaking={breaking} />
    </article>
  )
}

function Seen({ shops }: { readonly shops: readonly ShopCard[] }) {
  const words = useWords(switchboardWords)
  if (shops.length === 0) return <span className="quiet">{words.noShop}</span>
  return shops.map((shop) => (
    <span key={shop.shopId} className="line wrap">
      <ChannelMark channel={shop.channel} mark={shop.mark} />
      <Go to={`/shops?shop=${shop.shopId}`}>{shop.name}</Go>
      <StateTag shop={shop} />
      <span className="small quiet">
        {words.age} <Ago at={shop.duties.find(({ duty }) => duty === 'orders')?.lastSuccessAt ?? null} none="–" />
      </span>
      {shop.duties
        .filter(({ trouble }) => trouble !== null)
        .map(({ duty, trouble }) => (
          <Tag key={duty} tone="err">
            {trouble?.zh}
          </Tag>
        ))}
    </span>
  ))
}

function FaultKinds({ platform, rate, breaking }: Omit<PlatformProps, 'shops'>) {
  const words = useWords(switchboardWords)
  const played = new Map(platform.faults.map((fault) => [fault.kind, fault.rate]))
  const toggle = (kind: Kind) => {
    const others = platform.faults.filter((fault) => fault.kind !== kind)
    return breaking.set(platform.channel, played.has(kind) ? others : [...others, { kind, rate: rates[rate] }])
  }
  return (
    <fieldset className="plain-set">
      <legend className="heard-only">{words.breaks(platform.zh)}</legend>
      <div className="fault-kinds">
        {platform.catalogue.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={played.has(kind)}
            disabled={breaking.because !== null || breaking.isRunning}
            onClick={() => void toggle(kind)}
          >
            <span>{words.kinds[kind]}</span>
            {(platform.played[kind] ?? 0) > 0 && (
              <span className="small">{words.times(countText(platform.played[kind] ?? 0))}</span>
            )}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
