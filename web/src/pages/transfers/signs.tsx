import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Tag } from '../../parts/signs.tsx'
import { useLanguage, useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'

export type ImportRow = Answer<'GET /imports'>['rows'][number]
export type ImportPreview = Answer<'GET /imports/:importId'>

const tones = {
  ready: 'info',
  running: 'info',
  stopped: 'warn',
  done: 'ok',
  failed: 'err',
  undoing: 'info',
  undone: 'neutral',
  dropped: 'neutral',
} as const

export function StateTag({ state }: { readonly state: ImportRow['state'] }) {
  const words = useWords(transferWords).states
  return <Tag tone={tones[state]}>{words[state]}</Tag>
}

/** `淘宝订单导出，GBK，1,204 行`, as the server says it; in English by kind. */
export function useRecognised(): (row: ImportRow, encoding?: string) => string {
  const words = useWords(transferWords)
  const language = useLanguage()
  return (row, encoding) => {
    if (language === 'zh') return row.zh
    if (encoding !== undefined) return words.recognised(words.kinds[row.kind], encoding, countText(row.rows))
    return `${words.kinds[row.kind]}, ${words.history.rows(countText(row.rows))}`
  }
}

/** Whether it is worked on at this moment. */
export const isWorking = ({ state }: ImportRow) => state === 'running' || state === 'undoing'
