import { useState } from 'react'
import { download } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import type { OrderSelection } from './do-deed.ts'

/** 导出: the selection, or else all that the filter finds. Receivers stay masked in the file. */
export function ExportButton({ selection }: { readonly selection: OrderSelection }) {
  const words = useWords(orderWords)
  const may = useMay()
  const [isRunning, setRunning] = useState(false)
  if (!may('orders.export')) return null
  const run = async () => {
    setRunning(true)
    try {
      const file = await download('POST /orders/export', { selection, format: 'xlsx' })
      saveFile(file.blob, file.fileName || 'orders.xlsx')
      say({ tone: 'ok', text: words.exported })
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <Button icon="export" busy={isRunning} onPress={() => void run()}>
      {words.export}
    </Button>
  )
}
