import './transfers.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { upload } from '../../api.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { Page } from '../../parts/page.tsx'
import { Failed } from '../../parts/states.tsx'
import { reread } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { Exports, Guide } from './guide.tsx'
import { History } from './history.tsx'
import { OneImport } from './one-import.tsx'

/** 导入导出: drop a file, see what it is and what it would do, run it, take it back; and what was imported before. */
export default function TransfersPage() {
  const search = useSearch({ from: '/transfers' })
  const navigate = useNavigate({ from: '/transfers' })
  const open = (id: number) => void navigate({ search: { open: id } })
  if (search.open !== undefined) return <OneImport key={search.open} importId={search.open} />
  return (
    <AllImports
      before={search.before}
      onOpen={open}
      go={(before) => void navigate({ search: { ...(before !== undefined && { before }) } })}
    />
  )
}

interface AllProps {
  readonly before: number | undefined
  readonly onOpen: (importId: number) => void
  readonly go: (before: number | undefined) => void
}

function AllImports({ before, onOpen, go }: AllProps) {
  const words = useWords(transferWords)
  return (
    <Page title={words.title}>
      <div className="transfers">
        <Drop onOpen={onOpen} />
        <History before={before} go={go} />
        <Guide />
        <Exports />
      </div>
    </Page>
  )
}

const accepted = '.csv,.tsv,.txt,.xls,.xlsx'

function Drop({ onOpen }: { readonly onOpen: (importId: number) => void }) {
  const words = useWords(transferWords)
  const [sending, setSending] = useState<string | null>(null)
  const [failed, setFailed] = useState<{ readonly name: string; readonly error: unknown } | null>(null)
  const take = async (file: File) => {
    setSending(file.name)
    setFailed(null)
    try {
      const preview = await upload('POST /imports', { fileName: file.name }, file)
      await reread('GET /imports')
      onOpen(preview.import.importId)
    } catch (error) {
      setFailed({ name: file.name, error })
    } finally {
      setSending(null)
    }
  }
  return (
    <div className="stack">
      <FileDrop onFile={(file) => void take(file)} sending={sending} accept={accepted} help={words.dropHelp} />
      {failed && <Failed error={failed.error} what={failed.name} />}
    </div>
  )
}
