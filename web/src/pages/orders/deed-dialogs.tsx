import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { countText, moneyText } from '../../format.ts'
import { Preview, Result } from '../../parts/batch.tsx'
import { Check } from '../../parts/field.tsx'
import { Go } from '../../parts/go.tsx'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { useTold } from '../../words/told.ts'
import { AddressDialog } from './address-dialog.tsx'
import type { Deed } from './do-deed.ts'
import { RemarkDialog, WarehouseDialog } from './edit-dialogs.tsx'
import { useFirmFindings } from './firm.ts'
import { HoldDialog } from './hold-dialog.tsx'
import type { OpenDialog, RunDeed, Target } from './target.ts'

interface DialogsProps {
  readonly open: OpenDialog
  readonly isRunning: boolean
  readonly onRun: RunDeed
  readonly onClose: () => void
}

/** The dialogs of all deeds on orders; loaded when the first is opened. */
export default function DeedDialogs({ open, isRunning, onRun, onClose }: DialogsProps) {
  const words = useWords(orderWords)
  const told = useTold()
  switch (open.kind) {
    case 'preview':
      return <DeedPreview deed={open.deed} target={open.target} isRunning={isRunning} onRun={onRun} onClose={onClose} />
    case 'hold':
      return (
        <HoldDialog
          count={open.target.count}
          isRunning={isRunning}
          onHold={(hold) => void onRun({ deed: 'hold', selection: open.target.selection, hold })}
          onClose={onClose}
        />
      )
    case 'result':
      return (
        <Result
          title={words.preview.result}
          result={{
            ...open.result,
            leftOut: open.result.leftOut.map((each) => ({ ...each, zh: told('finding', each.code, each.zh) })),
          }}
          linkOf={(label) => <Go to={`/orders/${label}`}>{label}</Go>}
          onRetry={(ids) => void onRun({ ...open.run, selection: { ids: [...ids] } })}
          onClose={onClose}
        />
      )
    case 'remark':
      return <RemarkDialog orderNo={open.orderNo} onClose={onClose} />
    case 'warehouse':
      return <WarehouseDialog orderNo={open.orderNo} onClose={onClose} />
    case 'address':
      return <AddressDialog orderNo={open.orderNo} onClose={onClose} />
  }
}

interface DeedPreviewProps {
  readonly deed: Deed
  readonly target: Target
  readonly isRunning: boolean
  readonly onRun: RunDeed
  readonly onClose: () => void
}

function DeedPreview({ deed, target, isRunning, onRun, onClose }: DeedPreviewProps) {
  const words = useWords(orderWords)
  const told = useTold()
  const [overrule, setOverrule] = useState(false)
  const plan = useQuery({
    queryKey: ['POST /orders/preview', deed, target.selection],
    queryFn: () => call('POST /orders/preview', { selection: target.selection, deed }),
    staleTime: 0,
  })
  const firm = useFirmFindings()
  const passable = (plan.data?.groups ?? []).filter((group) => !group.code.includes(':') && !firm.has(group.code))
  const mayOverrule = deed === 'approve' && passable.length > 0
  const letPass = overrule ? passable.reduce((sum, group) => sum + group.count, 0) : 0
  const done = (plan.data?.done ?? 0) + letPass
  const groups = overrule ? plan.data?.groups.filter((group) => !passable.includes(group)) : plan.data?.groups
  return (
    <Preview
      title={words.preview.title[deed]}
      plan={
        plan.data && {
          done,
          groups: (groups ?? []).map((group) => ({
            ...group,
            zh: told('finding', group.code, group.zh),
            next: told('next', group.code, group.next),
          })),
        }
      }
      facts={plan.data && plan.data.done > 0 && !overrule && <p>{words.preview.sum(moneyText(plan.data.paidFen))}</p>}
      deed={words.does[deed](countText(done))}
      isRunning={isRunning}
      onDo={() => void onRun({ deed, selection: target.selection, overrule })}
      onClose={onClose}
    >
      {plan.error && <Failed error={plan.error} what={words.what} onAgain={() => void plan.refetch()} />}
      {mayOverrule && (
        <Check
          label={words.preview.overrule}
          help={words.preview.overruleHelp}
          checked={overrule}
          onChange={setOverrule}
        />
      )}
    </Preview>
  )
}
