import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { encryptPush, signCallback } from '../../src/connectors/channels/wechat-shop/sign.ts'
import { answer, refusal } from './tongdan.ts'

/** Signatures and ciphers of callbacks, by the vectors and samples of wechat-shop.md 11. */
type Fields = Readonly<Record<string, unknown>>
interface Message {
  readonly id: string
  readonly query: Readonly<Record<string, string>>
  readonly rawBody: string
  readonly random: string
  readonly plaintext: string
}

const samples = path.join(import.meta.dirname, 'samples/wechat-shop')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, name), 'utf8'))
const { config, officialVector: official, plainMode, urlVerification, ...sample } = read('callback.encrypted.json')
const messages: readonly Message[] = sample.messages
const events: Readonly<Record<string, string>> = read('callback-events.plaintext.json').events

const signatureOf = (input: unknown) => answer<Fields>(['inspect', 'signature', 'wechat-shop', '-'], input)
const cipherOf = ({ rawBody }: Message) => (JSON.parse(rawBody) as { readonly Encrypt: string }).Encrypt
const decryption = ({ query, ...message }: Message, change: Fields = {}, other: Fields = {}) => ({
  kind: 'push-decrypt',
  config: { ...config, ...other },
  input: {
    timestamp: query.timestamp,
    nonce: query.nonce,
    Encrypt: cipherOf({ query, ...message }),
    msg_signature: query.msg_signature,
    ...change,
  },
})

const addressQuery = (timestamp: string, nonce: string, signature: string) => ({ timestamp, nonce, signature })

describe.concurrent('inspect signature', () => {
  const addresses: readonly (readonly [what: string, token: string, query: Message['query']])[] = [
    ['vector 1', 'AAAAA', addressQuery('1714036504', '1514711492', 'f464b24fc39322e44b38aa78f5edd27bd1441696')],
    ['vector 2', 'AAAAA', addressQuery('1714037059', '486452656', '899cf89e464efb63f54ddac96b0a0a235f53aa78')],
    ['vector 3', 'AAAAA', official],
    ['plain mode', config.token, plainMode.query],
    ['the check of the address', config.token, urlVerification.query],
    ...messages.map(({ id, query }) => [id, config.token, query] as const),
  ]
  test.each(addresses)('of an address: %s', async (_, token, { timestamp, nonce, signature }) => {
    const input = { kind: 'url-signature', config: { token }, input: { timestamp, nonce } }
    expect(await signatureOf(input)).toEqual({ signature })
    const numbers = { timestamp: Number(timestamp), nonce: Number(nonce) }
    expect(await signatureOf({ ...input, input: numbers })).toEqual({ signature })
  })

  test('vector 3 is opened, exactly as it was written', async () => {
    const { timestamp, nonce, encrypt: Encrypt, msg_signature } = official
    const input = { timestamp, nonce, Encrypt, msg_signature }
    const said = await signatureOf({ kind: 'push-decrypt', config: official.config, input })
    expect(said).toMatchObject({ accepted: true, plaintext: expect.stringContaining('"debug_demo"') })
    expect(Buffer.byteLength(String(said.plaintext))).toBe(167)
  })

  test('vector 4 is made, letter for letter', async () => {
    const { Encrypt, MsgSignature, ...input } = official.reply
    const said = await signatureOf({ kind: 'push-encrypt', config: official.config, input })
    expect(said).toEqual({ Encrypt, MsgSignature })
  })

  test.each(messages.map((message) => [message.id, message] as const))(
    'vector 5, %s, is opened and made again',
    async (_, message) => {
      const { random, plaintext, query } = message
      expect(await signatureOf(decryption(message))).toEqual({ accepted: true, plaintext })
      const input = { random, plaintext, TimeStamp: query.timestamp, Nonce: query.nonce }
      const made = { Encrypt: cipherOf(message), MsgSignature: query.msg_signature }
      expect(await signatureOf({ kind: 'push-encrypt', config, input })).toEqual(made)
    },
  )

  const [first] = messages as readonly [Message]
  const spoilt = cipherOf(first).replace(/^zg/, 'zh')
  const ours = (Encrypt: string) => ({
    Encrypt,
    msg_signature: signCallback([config.token, first.query.timestamp!, first.query.nonce!, Encrypt]),
  })
  test.each([
    ['another signature', { msg_signature: '0'.repeat(40) }, {}],
    ['another nonce', { nonce: '1' }, {}],
    ['another ciphertext', { Encrypt: spoilt }, {}],
    ['a ciphertext that is none', ours('AAAA'), {}],
    ['a ciphertext of nothing', ours(''), {}],
    ['another token', {}, { token: 'x' }],
    ['another key', {}, { encodingAESKey: 'A'.repeat(43) }],
    ['a key that is none', {}, { encodingAESKey: 'short' }],
    ['another app', {}, { appid: 'wx0000000000000000' }],
  ])('%s is not accepted', async (_, change, other) => {
    expect(await signatureOf(decryption(first, change, other))).toEqual({ accepted: false, plaintext: null })
  })

  test('the key before opens what came before', async () => {
    const other = { encodingAESKey: 'A'.repeat(43), previousEncodingAESKey: config.encodingAESKey }
    expect(await signatureOf(decryption(first, {}, other))).toMatchObject({ accepted: true })
  })

  test('a message of any letters comes back as it was', async () => {
    const plaintext = '{"Content":"加急 😊 发顺丰","n":3719872036541234688}'
    const input = { random: '0123456789abcdef', plaintext, TimeStamp: 1767196980, Nonce: 7 }
    const { Encrypt, MsgSignature } = await signatureOf({ kind: 'push-encrypt', config, input })
    const back = { timestamp: '1767196980', nonce: '7', Encrypt, msg_signature: MsgSignature }
    const said = await signatureOf({ kind: 'push-decrypt', config, input: back })
    expect(said).toEqual({ accepted: true, plaintext })
  })

  const sealing = { random: '0123456789abcdef', plaintext: '{}', TimeStamp: '1', Nonce: '2' }
  test.each([
    [{ kind: 'top', config, input: {} }, 'kind'],
    [{ kind: 'url-signature', config, input: { timestamp: '1' } }, 'input.nonce'],
    [{ kind: 'push-encrypt', config, input: { ...sealing, random: 'short' } }, 'input.random'],
    [{ kind: 'push-encrypt', config: { ...config, encodingAESKey: 'short' }, input: sealing }, 'encodingAESKey'],
    [{ kind: 'push-decrypt', config: { token: 'x' }, input: {} }, 'config.encodingAESKey'],
  ])('of %j is refused', async (input, field) => {
    const said = await refusal(['inspect', 'signature', 'wechat-shop', '-'], input)
    expect(said).toMatchObject({ code: 'INPUT_INVALID', zh: expect.stringContaining(field) })
  })
})

const webhookOf = (input: unknown) => answer(['inspect', 'webhook', 'wechat-shop', '-'], input)
const credentials = {
  appId: config.appid,
  appSecret: 'INVENTED_SECRET',
  callbackToken: config.token,
  encodingAesKey: config.encodingAESKey,
}
const asInput = ({ query, rawBody }: Pick<Message, 'query' | 'rawBody'>, change: Fields = {}) => ({
  credentials,
  method: 'POST',
  path: '/hooks/wechat-shop/1',
  query: String(new URLSearchParams(query)),
  headers: {},
  body: rawBody,
  now: Number(query.timestamp),
  ...change,
})
const one = '3719872036541234688'

/** A genuine push of any text. */
function sealed(text: string): Pick<Message, 'query' | 'rawBody'> {
  const [timestamp, nonce] = ['1767196980', '424242']
  const Encrypt = encryptPush(text, '0123456789abcdef', { encodingAesKey: config.encodingAESKey, appId: config.appid })
  const msg_signature = signCallback([config.token, timestamp, nonce, Encrypt])
  return {
    query: { timestamp, nonce, encrypt_type: 'aes', msg_signature },
    rawBody: JSON.stringify({ ToUserName: 'gh_8c1d4e2f90ab', Encrypt }),
  }
}

describe.concurrent('inspect webhook', () => {
  test.each([
    ['order_new', 'channels_ec_order_new'],
    ['order_pay', 'channels_ec_order_pay'],
    ['aftersale_update', 'channels_ec_aftersale_update'],
  ])('%s in cipher names its order with all digits', async (id, type) => {
    const message = messages.find((each) => each.id === id)!
    const told = { accepted: true, reason: null, events: [{ type, channelOrderNo: one }] }
    expect(await webhookOf(asInput(message))).toEqual(told)
  })

  test('a push in plain mode is a hint', async () => {
    const events = [{ type: 'channels_ec_order_new', channelOrderNo: one }]
    expect(await webhookOf(asInput(plainMode))).toEqual({ accepted: true, reason: null, events })
  })

  test('the check of the address is about nothing', async () => {
    const check = asInput({ query: urlVerification.query, rawBody: '' }, { method: 'GET' })
    expect(await webhookOf(check)).toEqual({ accepted: true, reason: null, events: [] })
  })

  test.each(Object.entries(events))('the event %s', async (name, text) => {
    const { Event, ...told } = JSON.parse(text.replace(/:(\d{16,})/g, ':"$1"')) as Fields & { readonly Event: string }
    const { order_info, finder_shop_aftersale_status_update } = told as Readonly<Record<string, Fields | undefined>>
    const channelOrderNo = (order_info ?? finder_shop_aftersale_status_update)?.order_id ?? null
    expect(channelOrderNo === null).toBe(name === 'stock_no_enough')
    const said = await webhookOf(asInput(sealed(text)))
    expect(said).toEqual({ accepted: true, reason: null, events: [{ type: Event, channelOrderNo }] })
  })

  const [first] = messages as readonly [Message]
  const at = Number(first.query.timestamp)
  const halfAnHour = 1_800
  test.each([
    ['half an hour later', { now: at + halfAnHour }, null],
    ['more than that', { now: at + halfAnHour + 1 }, 'too-old'],
    ['before its time', { now: at - halfAnHour - 1 }, 'too-new'],
    ['something behind it', { body: `${first.rawBody} ` }, 'malformed-body'],
    ['a letter that changed', { body: first.rawBody.replace('zgHg', 'zhHg') }, 'signature'],
    ['no query', { query: '' }, 'missing-timestamp'],
    ['a name outside that is not the one inside', { body: first.rawBody.replace('gh_8', 'gh_9') }, 'to-user'],
    ['a plain text where cipher is announced', { body: first.plaintext }, 'not-encrypted'],
    ['another key', { credentials: { ...credentials, encodingAesKey: 'A'.repeat(43) } }, 'cipher'],
    ['another app', { credentials: { ...credentials, appId: 'wx0000000000000000' } }, 'cipher'],
    ['another token', { credentials: { ...credentials, callbackToken: 'x' } }, 'signature'],
    ['no token typed in', { credentials: { appId: 'a', appSecret: 'b' } }, 'not-configured'],
    [
      'the key before',
      {
        credentials: {
          ...credentials,
          encodingAesKey: 'A'.repeat(43),
          previousEncodingAesKey: config.encodingAESKey,
        },
      },
      null,
    ],
  ])('a push with %s', async (_, change, reason) => {
    const isTaken = reason === null
    const told = isTaken ? [{ type: 'channels_ec_order_new', channelOrderNo: one }] : []
    expect(await webhookOf(asInput(first, change))).toEqual({ accepted: isTaken, reason, events: told })
  })
})
