import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { PickField } from '../../parts/field.tsx'
import { Go, useGo } from '../../parts/go.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { useDo, useRead } from '../../query.ts'
import { besideWords } from '../../words/beside.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import { useAuthorise } from './authorise.ts'
import { useBeside } from './beside.tsx'
import type { StepProps } from './connect-dialog.tsx'
import { FirstPullBar, useFirstPull } from './first-pull.tsx'
import type { Channel } from './keys-form.tsx'
import { historyChoices } from './settings-dialog.tsx'
import type { ShopCard } from './signs.tsx'
import { TestResult, useTest } from './test-call.tsx'

interface BeginProps extends Partial<StepProps> {
  readonly shopId: number
  readonly channel: Channel
}

/** Step 3: authorised in the browser where the channel wants it, then tested, then the first pull with its bar. */
export function BeginStep({ shopId, channel, onClose }: BeginProps) {
  const words = useWords(shopWords)
  const one = useRead('GET /shops/:shopId', { shopId })
  const pull = useFirstPull(shopId)
  if (one.error) return <Failed error={one.error} what={words.whatOne} onAgain={() => void one.refetch()} />
  if (one.data === undefined) return <Skeleton rows={3} />
  const { shop, typed } = one.data
  const isKeyed = channel.fields.some(
    ({ kind, name }) => kind === 'obtained' && typed.some((each) => each.name === name),
  )
  const needsConsent =
    channel.authorisesInBrowser && (!isKeyed || shop.authorisation.state === 'none' || shop.state === 'stopped')
  if (needsConsent) return <Consent shopId={shopId} onClose={onClose} />
  if (!shop.takesOrders) return <BeginBeside shop={shop} onClose={onClose} />
  if (pull !== null) return <Pulling shopId={shopId} pull={pull} onClose={onClose} />
  return <TestAndBegin shopId={shopId} historyDays={one.data.historyDays} onClose={onClose} />
}

interface PartProps {
  readonly shopId: number
  readonly onClose: (() => void) | undefined
}

function Consent({ shopId, onClose }: PartProps) {
  const words = useWords(shopWords).wizard
  const { authorise, isRunning } = useAuthorise()
  return (
    <div className="stack">
      <h3>{words.authoriseTitle}</h3>
      <p>{words.authoriseHelp}</p>
      <div className="line wizard-foot">
        {onClose && <Button onPress={onClose}>{words.later}</Button>}
        <Button kind="primary" busy={isRunning} onPress={() => authorise(shopId)}>
          {words.goAuthorise}
        </Button>
      </div>
    </div>
  )
}

function TestAndBegin({ shopId, historyDays, onClose }: PartProps & { readonly historyDays: number }) {
  const words = useWords(shopWords)
  const test = useTest(shopId)
  const [history, setHistory] = useState(historyDays)
  const { run, isRunning } = useDo('POST /shops/:shopId/begin', {
    changes: ['GET /shops', 'GET /shops/:shopId', 'GET /shops/:shopId/first-pull', 'GET /home'],
  })
  const isGood = test.data?.ok === true && !test.isFetching
  const days = [...new Set([...historyChoices, historyDays])].sort((a, b) => a - b)
  return (
    <div className="stack">
      <TestResult test={test} />
      <PickField
        label={words.settings.history}
        help={words.wizard.beginHelp}
        value={history}
        options={days.map((each) => ({ value: each, label: words.settings.days(each) }))}
        onChange={setHistory}
      />
      <div className="line wizard-foot">
        {onClose && <Button onPress={onClose}>{words.wizard.later}</Button>}
        {!isGood && (
          <Button busy={test.isFetching} onPress={() => void test.refetch()}>
            {words.test.again}
          </Button>
        )}
        <Button
          kind="primary"
          busy={isRunning}
          because={isGood ? null : words.test.bad}
          onPress={() => run({ shopId, historyDays: history })}
        >
          {words.wizard.begin}
        </Button>
      </div>
    </div>
  )
}

/** Tested, then begun: there is nothing to pull. */
function BeginBeside({ shop, onClose }: { readonly shop: ShopCard } & Pick<PartProps, 'onClose'>) {
  const words = useWords(shopWords)
  const beside = useWords(besideWords)
  const name = useBeside(shop) ?? ''
  const go = useGo()
  const test = useTest(shop.shopId)
  const { run, isRunning } = useDo('POST /shops/:shopId/begin', {
    changes: ['GET /shops', 'GET /shops/:shopId', 'GET /home'],
  })
  const isGood = test.data?.ok === true && !test.isFetching
  const isBegun = shop.state !== 'new'
  return (
    <div className="stack">
      {isBegun ? <p role="status">{beside.begun(name)}</p> : <TestResult test={test} />}
      {!isBegun && <p className="quiet">{beside.beginHelp}</p>}
      <div className="line wizard-foot">
        {onClose && !isBegun && <Button onPress={onClose}>{words.wizard.later}</Button>}
        {!isGood && !isBegun && (
          <Button busy={test.isFetching} onPress={() => void test.refetch()}>
            {words.test.again}
          </Button>
        )}
        {isBegun ? (
          <Button
            kind="primary"
            onPress={() => {
              onClose?.()
              go(`/shops?shop=${shop.shopId}`)
            }}
          >
            {words.wizard.toShop}
          </Button>
        ) : (
          <Button
            kind="primary"
            busy={isRunning}
            because={isGood ? null : words.test.bad}
            onPress={() => run({ shopId: shop.shopId })}
          >
            {beside.begin}
          </Button>
        )}
      </div>
    </div>
  )
}

interface PullingProps extends PartProps {
  readonly pull: Parameters<typeof FirstPullBar>[0]['pull']
}

function Pulling({ shopId, pull, onClose }: PullingProps) {
  const words = useWords(shopWords).wizard
  const go = useGo()
  const isDone = pull.state === 'done'
  return (
    <div className="stack">
      <FirstPullBar pull={pull} />
      <div className="line wrap wizard-foot">
        {onClose && !isDone && <Button onPress={onClose}>{words.leave}</Button>}
        <Button
          onPress={() => {
            onClose?.()
            go(`/shops?shop=${shopId}`)
          }}
        >
          {words.toShop}
        </Button>
        <Go to="/review" kind="plain">
          {words.toReview}
        </Go>
        <Go to="/listings" kind={isDone ? 'primary' : 'plain'}>
          {words.toListings}
        </Go>
      </div>
    </div>
  )
}
