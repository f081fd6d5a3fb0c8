import { describe, expect, test } from 'vitest'
import { inspectSignature } from './inspect.ts'
import callbacks from './samples/callbacks.json' with { type: 'json' }
import { decryptPush, encryptPush } from './sign.ts'

const { officialVector: official, config, messages, urlVerification } = callbacks

// Source: wechat-shop.md 11; vectors 1 to 4 are the platform's own [doc].
describe('the vectors', () => {
  test.each<[string, string, string, string, string]>([
    ['1', 'AAAAA', '1714036504', '1514711492', 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    ['2', 'AAAAA', '1714037059', '486452656', '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    ['3', 'AAAAA', official.timestamp, official.nonce, official.signature],
    [
      'of a check of the address',
      config.token,
      urlVerification.query.timestamp,
      urlVerification.query.nonce,
      urlVerification.query.signature,
    ],
    ...messages.map(({ id, query }): [string, string, string, string, string] => [
      `5 ${id}`,
      config.token,
      query.timestamp,
      query.nonce,
      query.signature,
    ]),
  ])('%s', (_, token, timestamp, nonce, signature) => {
    const input = { kind: 'url-signature', config: { token }, input: { timestamp, nonce } }
    expect(inspectSignature(input)).toEqual({ signature })
  })

  test('3 is opened', () => {
    const input = {
      kind: 'push-decrypt',
      config: official.config,
      input: {
        timestamp: official.timestamp,
        nonce: official.nonce,
        Encrypt: official.encrypt,
        msg_signature: official.msg_signature,
      },
    }
    const said = inspectSignature(input) as { readonly accepted: boolean; readonly plaintext: string }
    expect(said.accepted).toBe(true)
    expect(Buffer.byteLength(said.plaintext)).toBe(167)
    expect(JSON.parse(said.plaintext)).toMatchObject({ Event: 'debug_demo' })
  })

  test('4 is made byte for byte', () => {
    const { Encrypt, MsgSignature, ...input } = official.reply
    expect(inspectSignature({ kind: 'push-encrypt', config: official.config, input })).toEqual({
      Encrypt,
      MsgSignature,
    })
  })

  test.each(messages)('5 $id is opened and made', ({ query, rawBody, random, plaintext }) => {
    const { Encrypt } = JSON.parse(rawBody) as { readonly Encrypt: string }
    const { timestamp, nonce, msg_signature } = query
    const opened = { kind: 'push-decrypt', config, input: { timestamp, nonce, Encrypt, msg_signature } }
    expect(inspectSignature(opened)).toEqual({ accepted: true, plaintext })
    const made = { kind: 'push-encrypt', config, input: { random, plaintext, TimeStamp: timestamp, Nonce: nonce } }
    expect(inspectSignature(made)).toEqual({ Encrypt, MsgSignature: msg_signature })
  })
})

describe('is not opened', () => {
  const key = { encodingAesKey: config.encodingAESKey, appId: config.appid }
  const sealed = encryptPush('{"a":1}', '0123456789abcdef', key)
  const opening = (change: object, settings: object = {}) => {
    const input = { timestamp: official.timestamp, nonce: official.nonce, Encrypt: official.encrypt }
    return inspectSignature({
      kind: 'push-decrypt',
      config: { ...official.config, ...settings },
      input: { ...input, msg_signature: official.msg_signature, ...change },
    })
  }

  test.each([
    ['another app', sealed, { ...key, appId: 'wx0000000000000000' }],
    ['another key', sealed, { ...key, encodingAesKey: 'B'.repeat(43) }],
    ['a key of the wrong length', sealed, { ...key, encodingAesKey: 'B'.repeat(40) }],
    ['half a block', sealed.slice(0, 30), key],
    ['nothing', '', key],
    ['too short for a length', encryptShort(), key],
  ])('%s', (_, text, by) => {
    expect(decryptPush(text, by)).toBeNull()
  })

  test.each([
    ['for another time', { timestamp: '1714112446' }],
    ['with another signature', { msg_signature: 'a'.repeat(40) }],
  ])('a text signed %s', (_, change) => {
    expect(opening(change)).toEqual({ accepted: false, plaintext: null })
  })

  test('but with the former key it is', () => {
    const former = { encodingAESKey: 'B'.repeat(43), previousEncodingAESKey: official.config.encodingAESKey }
    expect(opening({}, former)).toMatchObject({ accepted: true })
    expect(opening({}, { encodingAESKey: 'B'.repeat(43) })).toMatchObject({ accepted: false })
  })

  function encryptShort() {
    // Any 16 bytes: what comes out has either no fitting padding or no room for a length.
    return Buffer.alloc(16, 7).toString('base64')
  }
})

test('a message of any length and script comes back as it went', () => {
  const key = { encodingAesKey: 'A'.repeat(43), appId: 'wx1' }
  for (let length = 0; length < 70; length += 1) {
    const message = '龙井😊'.repeat(length)
    expect(decryptPush(encryptPush(message, '0123456789abcdef', key), key)).toBe(message)
  }
})

const encrypting = {
  kind: 'push-encrypt',
  config: official.config,
  input: { random: '0123456789abcdef', plaintext: '{}', TimeStamp: '1', Nonce: '2' },
}
test.each([
  [{ kind: 'top' }, 'kind'],
  [{ kind: 'url-signature', config: {}, input: { timestamp: '1', nonce: '1' } }, 'config.token'],
  [{ kind: 'url-signature', config: { token: 'a' }, input: { timestamp: '1' } }, 'input.nonce'],
  [{ ...encrypting, config: { ...official.config, encodingAESKey: 'A' } }, 'config.encodingAESKey'],
  [{ ...encrypting, input: { ...encrypting.input, random: 'short' } }, 'input.random'],
  ['nothing', 'input'],
])('an unusable input %j names %s', (input, field) => {
  expect(() => inspectSignature(input)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field }) }),
  )
})
