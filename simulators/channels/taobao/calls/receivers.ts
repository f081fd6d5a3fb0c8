import { chance } from '../../../aid/random.ts'
import { doorOf, placeFields } from '../buyers.ts'
import { invalidArgument, refuse } from '../errors.ts'
import type { Trade } from '../state.ts'
import { type Branch, list, timeText } from '../text.ts'
import type { World } from '../world.ts'
import { type Call, type Operations, reads, rowsArgument, textOf } from './call.ts'

/** Plain receivers for address codes, and which trades go to one door: taobao.md 9 [doc]. */
export const receiverCalls: Operations = {
  'taobao.top.oaid.decrypt': reads(decrypt, 'r2'),
  'taobao.top.oaid.merge': reads(merge, 'r2'),
}

const mostDecrypted = 20
const mostMerged = 100
const scenes = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '2001', '2002']
const secretDays = 30

function decrypt(call: Call): Branch {
  const rows = rowsArgument(call, 'query_list', mostDecrypted).map((row) => {
    const [oaid, tid, scene] = [textOf(row.oaid), textOf(row.tid), textOf(row.scene)]
    if (oaid === '' || tid === '' || !scenes.includes(scene)) throw refuse(invalidArgument('query_list'))
    return receiverRow(call.world, oaid, tid)
  })
  return { receiver_list: list('receiver', rows) }
}

/** An address code that is no longer the trade's answers `matched` false and nothing of the receiver. */
function receiverRow(world: World, oaid: string, tid: string): Branch {
  const trade = world.trades.get(tid)
  if (trade === undefined || trade.oaid !== oaid) return { oaid, tid, matched: false }
  const { receiver } = trade
  const isSecret = chance(trade.tid).happens(world.settings.virtualNumberShare)
  return {
    oaid,
    tid,
    name: receiver.name,
    mobile: isSecret ? virtualNumber(trade) : receiver.phone,
    address_detail: receiver.address,
    town: receiver.town,
    ...placeFields(receiver),
    country: '中国',
    matched: true,
    privacy_protection: isSecret,
    secret_no_expire_time: isSecret ? timeText(trade.createdAt + secretDays * 86_400_000) : undefined,
  }
}

function virtualNumber({ tid }: Trade): string {
  return `188${tid.slice(5, 13)}-${tid.slice(9, 13)}`
}

function merge(call: Call): Branch {
  const doors = new Map<string, string[]>()
  for (const row of rowsArgument(call, 'merge_list', mostMerged)) {
    const trade = call.world.trades.get(textOf(row.tid))
    if (trade === undefined || trade.oaid !== textOf(row.oaid)) continue
    const door = doorOf(trade.buyerOpenUid, trade.receiver)
    doors.set(door, [...(doors.get(door) ?? []), trade.tid])
  }
  return {
    tid_list: list(
      'string',
      [...doors.values()].map((tids) => tids.join(',')),
    ),
  }
}
