import './shops.css'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Answer, call } from '../../api.ts'
import { Go, useGo } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { spanText, Time } from '../../parts/signs.tsx'
import { Empty, Failed, Shown } from '../../parts/states.tsx'
import { reread, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import { BeginStep } from './begin-step.tsx'
import { useChannels } from './keys-form.tsx'

/**
 * Where the platform sends the browser back to: finishes the authorisation from the query, once, and then stands at an address of its own,
 * so that reloading asks nothing twice.
 */
export default function AuthorisedPage() {
  const words = useWords(shopWords).authorised
  const query = useSearch({ from: '/shops/authorised' })
  const done = /^\d+$/.test(query.done ?? '') ? Number(query.done) : null
  return (
    <Page title={words.title}>
      <div className="card form">{done === null ? <Finish query={query} /> : <Done shopId={done} />}</div>
    </Page>
  )
}

/** The answer of the one call of this visit; a query is good once. */
const asked = new Map<string, Promise<Answer<'POST /shops/authorised'>>>()

function finish(query: Readonly<Record<string, string>>) {
  const key = JSON.stringify(query)
  const running = asked.get(key) ?? call('POST /shops/authorised', { query })
  asked.set(key, running)
  return running
}

function Finish({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const words = useWords(shopWords).authorised
  const go = useRef(useGo())
  const [error, setError] = useState<unknown>(null)
  const isEmpty = Object.keys(query).length === 0
  useEffect(() => {
    if (isEmpty) return
    finish(query).then(
      async ({ shopId }) => {
        await reread('GET /shops', 'GET /shops/:shopId', 'GET /home')
        go.current(`/shops/authorised?done=${shopId}`)
      },
      (failure: unknown) => setError(failure),
    )
  }, [query, isEmpty])
  const back = (
    <Go to="/shops" kind="primary">
      {words.back}
    </Go>
  )
  if (isEmpty) return <Empty title={words.nothing} act={back} />
  if (error === null)
    return (
      <p className="line" role="status">
        <i className="spin" /> {words.finishing}
      </p>
    )
  return (
    <div className="stack">
      <Failed error={error} what={words.title} />
      <p>{words.failedHelp}</p>
      <div className="line">{back}</div>
    </div>
  )
}

const everyMs = 3_000

function Done({ shopId }: { readonly shopId: number }) {
  const words = useWords(shopWords)
  const may = useMay()('shops.read')
  const read = useRead('GET /shops/:shopId', { shopId }, { refetchInterval: everyMs, enabled: may })
  return (
    <Shown read={read} what={words.whatOne}>
      {(one) => <Outcome one={one} />}
    </Shown>
  )
}

function Outcome({ one }: { readonly one: Answer<'GET /shops/:shopId'> }) {
  const words = useWords(shopWords).authorised
  const { shop } = one
  const channel = useChannels()?.find((each) => each.channel === shop.channel)
  const { expiresAt } = shop.authorisation
  return (
    <div className="stack">
      <div className="notice" data-tone="ok" role="status">
        <strong>{words.done(shop.name)}</strong>
        <span>
          {expiresAt === null ? (
            words.untilNone
          ) : (
            <>
              {words.until} <Time at={expiresAt} />
            </>
          )}
        </span>
      </div>
      {shop.firstPull === null ? (
        channel && <BeginStep shopId={shop.shopId} channel={channel} />
      ) : (
        <CaughtUp shop={shop} />
      )}
      <div className="line">
        <Go to={`/shops?shop=${shop.shopId}`} kind="plain">
          {shop.name}
        </Go>
        <Go to="/shops" kind="plain">
          {words.back}
        </Go>
      </div>
    </div>
  )
}

const freshMs = 10 * 60_000

/** How far the shop has caught up with what it missed while its authorisation was gone. */
function CaughtUp({ shop }: { readonly shop: Answer<'GET /shops/:shopId'>['shop'] }) {
  const words = useWords(shopWords).authorised
  const time = useWords(partWords).time
  const age = shop.dataAgeMs ?? Number.POSITIVE_INFINITY
  if (age < freshMs) return <p>{words.caught}</p>
  return (
    <div>
      <p>{words.caughtUp}</p>
      {shop.dataAgeMs !== null && <p role="status">{words.behind(spanText(time, shop.dataAgeMs))}</p>}
    </div>
  )
}
