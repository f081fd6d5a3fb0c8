/** `#index#cipher#type##`: type 1 address, 2 name, 3 telephone, 4 and 5 papers. Source: xiaohongshu.md 8 [doc]. */
const form = /^#.+#.+#\d##$/

export function isCiphertext(text: string): boolean {
  return form.test(text)
}

/** Who looks. The platform wants a user of the app; which person it was stands in our own audit trail. */
const appUserId = 'tongdan'

/** Ciphertexts of one order, at most 100, and what they are wanted for: 1 to view one, 2 to print. */
export interface Secrets {
  readonly channelOrderNo: string
  readonly texts: readonly string[]
  readonly actionType: '1' | '2'
}

/** What a call about ciphertexts asks with, be they decrypted or masked. Source: xiaohongshu.md 8 [doc], the two purposes [assumed]. */
export function askedBy({ channelOrderNo, texts, actionType }: Secrets): Readonly<Record<string, unknown>> {
  const baseInfos = texts.map((encryptedData) => ({ dataTag: channelOrderNo, encryptedData }))
  return { baseInfos, actionType, appUserId }
}
