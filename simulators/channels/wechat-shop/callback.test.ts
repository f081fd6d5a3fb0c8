import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seal, signatureOf } from './callback.ts'
import { unseal } from './caller.ts'

interface Sample {
  readonly officialVector: { readonly encrypt: string }
  readonly config: { readonly token: string; readonly encodingAESKey: string; readonly appid: string }
  readonly messages: readonly {
    readonly id: string
    readonly query: Readonly<Record<'timestamp' | 'nonce' | 'signature' | 'msg_signature', string>>
    readonly rawBody: string
    readonly random: string
    readonly plaintext: string
  }[]
}
const sheet = JSON.parse(readFileSync(new URL('./samples/callback.encrypted.json', import.meta.url), 'utf8')) as Sample

/** The sheet's vectors: wechat-shop.md 11. */
const officialKey = 'A'.repeat(43)
const officialApp = 'wxba5fad812f8e6fb9'
const officialPush = sheet.officialVector.encrypt

test.each([
  { parts: ['AAAAA', '1714036504', '1514711492'], signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696' },
  { parts: ['AAAAA', '1714037059', '486452656'], signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78' },
  { parts: ['AAAAA', '1714112445', '415670741'], signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d' },
  { parts: ['AAAAA', '1714112445', '415670741', officialPush], signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3' },
  {
    parts: [
      'AAAAA',
      '1713424427',
      '415670741',
      'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
    ],
    signature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
  },
])('$signature signs its parts in whatever order', ({ parts, signature }) => {
  expect(signatureOf(...parts)).toBe(signature)
  expect(signatureOf(...parts.toReversed())).toBe(signature)
})

test('a message is sealed byte for byte as the documentation has it', () => {
  const sealing = { encodingAesKey: officialKey, appId: officialApp, random: '707722b803182950' }
  expect(seal('{"demo_resp":"good luck"}', sealing)).toBe(
    'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
  )
})

test('the documentation’s own push is sealed again from what is in it', () => {
  const { random, message, appId } = unseal(officialPush, officialKey)
  expect([random, Buffer.byteLength(message), appId]).toEqual(['a8eedb185eb2fecf', 167, officialApp])
  expect(JSON.parse(message)).toMatchObject({ Event: 'debug_demo' })
  expect(seal(message, { encodingAesKey: officialKey, appId, random })).toBe(officialPush)
})

test.each(sheet.messages)('the sheet’s own push $id is sealed and signed as computed', (push) => {
  const { token, encodingAESKey: encodingAesKey, appid: appId } = sheet.config
  const { timestamp, nonce, signature, msg_signature } = push.query
  const encrypted = seal(push.plaintext, { encodingAesKey, appId, random: push.random })
  expect(JSON.parse(push.rawBody)).toMatchObject({ Encrypt: encrypted })
  expect(signatureOf(token, timestamp, nonce)).toBe(signature)
  expect(signatureOf(token, timestamp, nonce, encrypted)).toBe(msg_signature)
})

test.each([0, 1, 11, 12, 27, 28, 60])('a message of %i bytes comes out as it went in', (length) => {
  const sealing = { encodingAesKey: officialKey, appId: officialApp, random: '0123456789abcdef' }
  const message = 'x'.repeat(length)
  const encrypted = seal(message, sealing)
  expect(Buffer.from(encrypted, 'base64').length % 32).toBe(0)
  expect(unseal(encrypted, officialKey)).toEqual({ random: sealing.random, message, appId: officialApp })
})
