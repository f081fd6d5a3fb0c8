import type { ParcelRow } from '../../contract/fulfilment.ts'
import type { ShipmentOutcome } from '../channels/index.ts'

type Report = NonNullable<ParcelRow['report']>

/** Worst first: what needs a person hides what goes on by itself. */
const states = {
  'needs-person': { state: 'failed', words: '平台没有接受，请看原因后处理' },
  waiting: { state: 'waiting', words: null },
  'for-file': { state: 'for-file', words: '请下载发货表，到平台后台导入' },
  'in-file': { state: 'for-file', words: '已在下载的发货表里，导入平台后会自动核对' },
  done: { state: 'reported', words: null },
  dismissed: { state: 'reported', words: '已由人工决定不再回传' },
} as const satisfies Record<ShipmentOutcome['state'], { state: Report['state']; words: string | null }>

const worst = Object.keys(states) as ShipmentOutcome['state'][]

/** What became of telling the channels of one parcel (发货回传): the worst of its orders; null when nothing has to be told. */
export function reportOf(outcomes: readonly ShipmentOutcome[]): Report | null {
  const state = worst.find((name) => outcomes.some((outcome) => outcome.state === name))
  if (state === undefined) return null
  const { state: told, words } = states[state]
  // What went wrong on the way to success is over.
  if (told === 'reported') return { state: told, words }
  const trouble = outcomes.find((outcome) => outcome.state === state && outcome.trouble !== null)?.trouble
  return { state: told, words: trouble?.zh ?? words }
}
