import { useState } from 'react'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { Columns } from './columns.tsx'
import { Outcome } from './outcome.tsx'
import { Ready } from './ready.tsx'
import { Running } from './running.tsx'
import { type ImportPreview, isWorking, StateTag, useRecognised } from './signs.tsx'

const workingMs = 1_000

/** One import, by its state: previewed, on its way, done, taken back. */
export function OneImport({ importId }: { readonly importId: number }) {
  const words = useWords(transferWords)
  const recognised = useRecognised()
  const [shopId, setShopId] = useState<number | null>(null)
  const input = { importId, ...(shopId !== null && { shopId }) }
  const [everyMs, setEveryMs] = useState<number | false>(false)
  const read = useRead('GET /imports/:importId', input, { placeholderData: (old) => old, refetchInterval: everyMs })
  const row = read.data?.import
  const wanted = row && isWorking(row) ? workingMs : false
  if (wanted !== everyMs) setEveryMs(wanted)
  return (
    <Page
      title={row?.fileName ?? words.whatOne}
      fact={row && recognised(row, read.data?.encoding)}
      acts={
        <>
          {row && <StateTag state={row.state} />}
          <Go to="/transfers" kind="quiet">
            {words.all}
          </Go>
        </>
      }
    >
      <Shown read={read} what={words.whatOne}>
        {(preview) => <Body preview={preview} shopId={shopId} onShop={setShopId} />}
      </Shown>
    </Page>
  )
}

export interface PreviewProps {
  readonly preview: ImportPreview
}

interface BodyProps extends PreviewProps {
  readonly shopId: number | null
  readonly onShop: (shopId: number) => void
}

function Body({ preview, shopId, onShop }: BodyProps) {
  const { state } = preview.import
  if (state === 'ready' || state === 'failed')
    return (
      <div className="transfers">
        <Ready preview={preview} shopId={shopId} onShop={onShop} />
        <Columns preview={preview} />
      </div>
    )
  if (state === 'running' || state === 'undoing') return <Running row={preview.import} />
  return <Outcome preview={preview} />
}
