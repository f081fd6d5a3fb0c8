import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { PickField } from '../../parts/field.tsx'
import { Go, useGo } from '../../parts/go.tsx'
import { Stat } from '../../parts/signs.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { CellErrors } from './cell-errors.tsx'
import type { PreviewProps } from './one-import.tsx'

interface ReadyProps extends PreviewProps {
  readonly shopId: number | null
  readonly onShop: (shopId: number) => void
}

/** What running it would do, what is wrong with it, and the two ways on: all of it, or the good rows only. */
export function Ready({ preview, shopId, onShop }: ReadyProps) {
  const words = useWords(transferWords)
  const { import: row } = preview
  const chosen = shopId ?? row.shopId ?? (preview.shops.length === 1 ? (preview.shops[0]?.shopId ?? null) : null)
  const needsShop = row.kind === 'orders' && chosen === null
  return (
    <>
      <section className="card stack">
        {row.trouble && (
          <div className="notice" data-tone="err" role="alert">
            <strong>{words.result.failedWhole}</strong>
            <span>{row.trouble.zh}</span>
          </div>
        )}
        <Counts preview={preview} />
        {row.kind === 'orders' && <Shops preview={preview} chosen={chosen} onShop={onShop} />}
        <Deeds preview={preview} chosen={chosen} because={needsShop ? words.shop.needed : null} />
      </section>
      {preview.errorCount > 0 && <CellErrors preview={preview} />}
    </>
  )
}

function Counts({ preview }: PreviewProps) {
  const words = useWords(transferWords).counts
  const unit = words.things[preview.import.kind]
  return (
    <div className="import-counts">
      <Stat label={words.new} value={countText(preview.new)} more={unit} />
      <Stat label={words.changed} value={countText(preview.changed)} more={unit} />
      <Stat label={words.known} value={countText(preview.known)} more={unit} />
      <Stat
        label={words.errors}
        value={countText(preview.errorRows)}
        {...(preview.errorRows > 0 && { tone: 'err' as const })}
      />
    </div>
  )
}

interface ShopsProps extends PreviewProps {
  readonly chosen: number | null
  readonly onShop: (shopId: number) => void
}

function Shops({ preview, chosen, onShop }: ShopsProps) {
  const words = useWords(transferWords).shop
  if (preview.shops.length === 0)
    return (
      <div className="notice" data-tone="warn">
        <strong>{words.none}</strong>
        <span>
          <Go to="/shops">{words.toShops}</Go>
        </span>
      </div>
    )
  return (
    <div className="form">
      <PickField
        label={words.label}
        help={preview.shops.length > 1 ? words.help : undefined}
        value={chosen}
        options={preview.shops.map(({ shopId, name }) => ({ value: shopId, label: name }))}
        onChange={onShop}
      />
    </div>
  )
}

interface DeedsProps extends PreviewProps {
  readonly chosen: number | null
  /** Why nothing can be run yet, or null. */
  readonly because: string | null
}

function Deeds({ preview, chosen, because }: DeedsProps) {
  const words = useWords(transferWords)
  const go = useGo()
  const { importId, kind, state } = preview.import
  const changes = ['GET /imports', 'GET /imports/:importId'] as const
  const run = useDo('POST /imports/:importId/run', { changes })
  const drop = useDo('DELETE /imports/:importId', {
    changes: ['GET /imports'],
    onDone: () => {
      say({ tone: 'ok', text: words.deeds.dropped })
      go('/transfers')
    },
  })
  const start = (onlyGoodRows: boolean) =>
    run.run({ importId, onlyGoodRows, ...(chosen !== null && kind === 'orders' && { shopId: chosen }) })
  const good = preview.new + preview.changed + preview.known
  const nothing = because ?? (good === 0 ? words.deeds.nothing : null)
  const hasErrors = preview.errorRows > 0
  const all = words.deeds.runAll(countText(good), words.counts.things[kind])
  return (
    <div className="line wrap">
      <Button
        kind={hasErrors ? 'plain' : 'primary'}
        busy={run.isRunning && !hasErrors}
        because={nothing ?? (hasErrors ? words.deeds.fixFirst : null)}
        onPress={() => start(false)}
      >
        {state === 'failed' ? words.deeds.runAgain : all}
      </Button>
      {hasErrors && (
        <Button kind="primary" busy={run.isRunning} because={nothing} onPress={() => start(true)}>
          {words.deeds.runGood(countText(preview.errorRows))}
        </Button>
      )}
      {state === 'ready' && (
        <span className="push">
          <Button kind="quiet" busy={drop.isRunning} onPress={() => drop.run({ importId })}>
            {words.deeds.drop}
          </Button>
        </span>
      )}
    </div>
  )
}
