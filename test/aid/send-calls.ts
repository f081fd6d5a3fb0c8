import { openDatabase } from '../../src/platform/db/open.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'

// A process of its own that sends calls as fast as its limit lets it: `node test/aid/send-calls.ts <database url> <address> <calls> <shop>`.
const [, , url = '', address = '', calls = '1', shopId = '1'] = process.argv
const database = openDatabase({ url, poolSize: 4 })
const { send, close } = openSend({
  db: database.db,
  settings: { isSandbox: true },
  log: silentLog,
  now: () => Date.now(),
})
const limits = [{ operation: 'read', per: 'app', times: 5, perMs: 500 }] as const
const caller = { shopId: Number(shopId), channel: 'fake', appKey: 'one-app', limits }
const request = {
  operation: 'orders.get',
  method: 'GET',
  url: `${address}/orders`,
  headers: {},
  body: null,
  isWrite: false,
} as const
await Promise.all(Array.from({ length: Number(calls) }, () => send(caller, request)))
await close()
await database.close()
