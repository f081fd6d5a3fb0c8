import { useState } from 'react'
import { type Answer, download, type ReadName } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { shopFileWords } from '../../words/shop-files.ts'
import { FileGuide } from './file-guide.tsx'
import { useChannels } from './keys-form.tsx'
import type { ShopCard } from './signs.tsx'

/** 文件模式: what to drop where, the shipment file with what waits for it, and the files made before. */
export function FilesTab({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopFileWords)
  const channel = useChannels()?.find((each) => each.channel === shop.channel)
  const read = useRead('GET /shops/:shopId/shipment-files', { shopId: shop.shopId })
  const mayImport = useMay()('imports.work')
  return (
    <div className="overview">
      <section className="card stack">
        {channel && <FileGuide channel={channel} />}
        {mayImport && (
          <div className="line">
            <Go to="/transfers" kind="primary">
              {words.toTransfers}
            </Go>
          </div>
        )}
      </section>
      <section className="card stack">
        <h2>{words.what}</h2>
        <Shown read={read} what={words.what}>
          {(data) => <Made shopId={shop.shopId} data={data} />}
        </Shown>
      </section>
      {channel?.operations.includes('export.stock') && <StockFile shopId={shop.shopId} />}
    </div>
  )
}

/** 库存表: what every listing should show, for the platform's bulk upload. */
function StockFile({ shopId }: { readonly shopId: number }) {
  const words = useWords(shopFileWords).stock
  const may = useMay()
  const read = useRead('GET /shops/:shopId/stock-file', { shopId })
  const make = useDownload(words.made, ['GET /shops/:shopId/stock-file'])
  if (!may('stock.read')) return null
  return (
    <section className="card stack">
      <h2>{words.what}</h2>
      <p className="quiet">{words.help}</p>
      <Shown read={read} what={words.what}>
        {(data) => (
          <div className="line wrap">
            <span>
              {data.listings === 0 ? words.none : words.holds(countText(data.listings), countText(data.changed))}
            </span>
            {data.madeAt && (
              <span className="quiet">
                {words.madeAt} <Time at={data.madeAt} />
              </span>
            )}
            {may('stock.adjust') && (
              <Button
                kind="primary"
                icon="export"
                busy={make.isRunning}
                because={data.listings === 0 ? words.none : null}
                onPress={() => void make.run(() => download('POST /shops/:shopId/stock-file', { shopId }), 'stock.csv')}
              >
                {words.make}
              </Button>
            )}
          </div>
        )}
      </Shown>
    </section>
  )
}

type Files = Answer<'GET /shops/:shopId/shipment-files'>

function Made({ shopId, data }: { readonly shopId: number; readonly data: Files }) {
  const words = useWords(shopFileWords)
  const make = useMake(shopId)
  const may = useMay()('fulfilment.work')
  return (
    <>
      <div className="line wrap">
        <span>{data.waiting === 0 ? words.waitingNone : words.waiting(countText(data.waiting))}</span>
        {may && (
          <Button
            kind="primary"
            icon="export"
            busy={make.isRunning}
            because={data.waiting === 0 ? words.waitingNone : null}
            onPress={() => void make.run()}
          >
            {words.make}
          </Button>
        )}
      </div>
      <h3>{words.history}</h3>
      {data.files.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.name}</th>
                <th scope="col" className="num">
                  {words.parcels}
                </th>
                <th scope="col">{words.madeAt}</th>
                <th scope="col">{words.madeBy}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.files.map((file) => (
                <tr key={file.fileId}>
                  <th scope="row">{file.fileName}</th>
                  <td className="num">{countText(file.parcels)}</td>
                  <td>
                    <Time at={file.madeAt} />
                  </td>
                  <td>{file.madeBy}</td>
                  <td>
                    {may && (
                      <Button kind="link" onPress={() => void make.run(file.fileId)}>
                        {words.again}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function useMake(shopId: number) {
  const words = useWords(shopFileWords)
  const { run, isRunning } = useDownload(words.made, [
    'GET /shops/:shopId/shipment-files',
    'GET /unsent',
    'GET /shops',
    'GET /shops/:shopId',
  ])
  const make = (fileId?: number) => {
    const input = { shopId, ...(fileId !== undefined && { fileId }) }
    return run(() => download('POST /shops/:shopId/shipment-file', input), 'shipments.xlsx')
  }
  return { run: make, isRunning }
}

/** Downloads a file that the server makes, saves it, says so and reads again what that changed. */
function useDownload(made: string, changes: readonly ReadName[]) {
  const [isRunning, setRunning] = useState(false)
  const run = async (get: () => ReturnType<typeof download>, usualName: string) => {
    setRunning(true)
    try {
      const file = await get()
      saveFile(file.blob, file.fileName || usualName)
      say({ tone: 'ok', text: made })
      await reread(...changes)
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning }
}
