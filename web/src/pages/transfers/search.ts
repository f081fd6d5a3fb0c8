import { numberIn } from '../../search.ts'

/** What the address of 导入导出 says: the import that is open, and where the page of the history begins. */
export interface TransferSearch {
  readonly open?: number
  readonly before?: number
}

export function readTransferSearch(raw: Readonly<Record<string, unknown>>): TransferSearch {
  const open = numberIn(raw, 'open')
  const before = numberIn(raw, 'before')
  return { ...(open !== undefined && { open }), ...(before !== undefined && { before }) }
}
