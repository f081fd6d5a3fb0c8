import { useState } from 'react'
import { download } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { sayFailure } from '../../parts/toast-store.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'

/** 下载错误行: the rows that were not imported, as dropped, with the reason in the last column. */
export function ErrorRowsButton({ importId }: { readonly importId: number }) {
  const words = useWords(transferWords).errors
  const [isRunning, setRunning] = useState(false)
  const run = async () => {
    setRunning(true)
    try {
      const file = await download('GET /imports/:importId/error-rows', { importId })
      saveFile(file.blob, file.fileName || 'error-rows.xlsx')
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <Button icon="export" busy={isRunning} onPress={() => void run()}>
      {words.download}
    </Button>
  )
}
