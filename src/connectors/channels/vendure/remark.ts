import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import type { Credentials, VendureAccount } from './manifest.ts'
import { notFound, refused } from './nonsense.ts'
import { AddedNoteData, DeletedNoteData, NotesData, UpdatedNoteData } from './payload.ts'
import { addNote, deleteNote, notesQuery, updateNote } from './queries.ts'
import { remarkNoteIn } from './remark-text.ts'

const operation = 'orders.remark'
/** A limit of ours: the platform has none, but nobody reads more in a list [rule]. */
const remarkMax = 1000

/**
 * Writes the seller's remark (商家备注): the newest note that only the shop sees, changed where there is one; empty text
 * takes it away. The same text again writes nothing. The platform has no flags. Source: own-site.md 4 [sdk V].
 * Throws INPUT_INVALID over the limit, CHANNEL_NOT_FOUND; else what a call throws.
 */
export const remarkOrder: ChannelOperations<Credentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark },
) => {
  const length = [...remark].length
  if (length > remarkMax) {
    throw new Failure('INPUT_INVALID', { field: '商家备注', problem: `最多 ${remarkMax} 个字，现在是 ${length} 个` })
  }
  const look = { operation, query: notesQuery, variables: { id: channelOrderNo }, isWrite: true }
  const { order } = await ask(account, look, NotesData)
  if (order === null) throw notFound('店铺里没有这个订单')
  const note = remarkNoteIn(order.history)
  if ((note?.text ?? '') !== remark) await write(account, { channelOrderNo, noteNo: note?.id ?? null, remark })
}

interface Writing {
  readonly channelOrderNo: string
  readonly noteNo: string | null
  readonly remark: string
}

async function write(account: VendureAccount, { channelOrderNo, noteNo, remark }: Writing): Promise<void> {
  if (noteNo === null) {
    const i = { id: channelOrderNo, note: remark, isPublic: false }
    await ask(account, { operation, query: addNote, variables: { i }, isWrite: true }, AddedNoteData)
  } else if (remark === '') {
    const call = { operation, query: deleteNote, variables: { id: noteNo }, isWrite: true }
    const { result, message } = (await ask(account, call, DeletedNoteData)).deleteOrderNote
    if (result !== 'DELETED') throw refused(message || '备注删不掉')
  } else {
    const i = { noteId: noteNo, note: remark, isPublic: false }
    await ask(account, { operation, query: updateNote, variables: { i }, isWrite: true }, UpdatedNoteData)
  }
}
