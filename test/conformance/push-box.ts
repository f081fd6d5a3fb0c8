import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { IncomingPush } from '../../src/kit/channel.ts'

/** Takes every push it is sent and answers that it is taken, in the platform's own words where it wants some. */
export interface PushBox {
  readonly address: string
  readonly pushes: () => readonly IncomingPush[]
  readonly empty: () => void
  readonly close: () => Promise<void>
}

export async function openPushBox(answer = '{}'): Promise<PushBox> {
  let pushes: IncomingPush[] = []
  const server = http.createServer((request, response) => {
    void text(request).then((body) => {
      const [path = '', query = ''] = (request.url ?? '').split('?')
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
      pushes.push({ method: request.method ?? '', path, query, headers: Object.fromEntries(headers), body })
      response.writeHead(200).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/hooks/shop`,
    pushes: () => pushes,
    empty: () => {
      pushes = []
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
