import { MenuButton } from '../../parts/menu.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { documents, type PrintDocument } from './print.ts'

interface MenuProps {
  readonly label: string
  readonly kind?: 'primary' | 'plain'
  readonly onPrint: (document: PrintDocument) => void
}

/** What can be printed. */
export function PrintMenu({ label, kind = 'plain', onPrint }: MenuProps) {
  const words = useWords(fulfilWords).documents
  const items = documents.map((document) => ({ label: words[document], run: () => onPrint(document) }))
  return (
    <MenuButton kind={kind} items={items}>
      {label}
    </MenuButton>
  )
}
