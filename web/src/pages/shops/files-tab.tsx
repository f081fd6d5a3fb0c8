import { useState } from 'react'
import { type Answer, download } from '../../api.ts'
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
import { shopWords } from '../../words/shops.ts'
import { FileGuide } from './file-guide.tsx'
import { useChannels } from './keys-form.tsx'
import type { ShopCard } from './signs.tsx'

/** 文件模式: what to drop where, the shipment file with what waits for it, and the files made before. */
export function FilesTab({ shop }: { readonly shop: ShopCard }) {
  const words = useWords(shopWords).files
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
    </div>
  )
}

type Files = Answer<'GET /shops/:shopId/shipment-files'>

function Made({ shopId, data }: { readonly shopId: number; readonly data: Files }) {
  const words = useWords(shopWords).files
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
  const words = useWords(shopWords).files
  const [isRunning, setRunning] = useState(false)
  const run = async (fileId?: number) => {
    setRunning(true)
    try {
      const input = { shopId, ...(fileId !== undefined && { fileId }) }
      const file = await download('POST /shops/:shopId/shipment-file', input)
      saveFile(file.blob, file.fileName || 'shipments.xlsx')
      say({ tone: 'ok', text: words.made })
      await reread('GET /shops/:shopId/shipment-files', 'GET /unsent', 'GET /shops', 'GET /shops/:shopId')
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning }
}
