/** Why a new password is not taken (密码太弱); null when it is good. Length counts, kinds of characters do not. */
export type Weakness = 'too-short' | 'too-long' | 'like-login-name' | 'too-plain'

const shortest = 8
const longest = 200

/** What everybody tries first, in any case and with figures before or after. */
const plain = [
  'password',
  'passwd',
  'admin',
  'administrator',
  'root',
  'tongdan',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'letmein',
  'welcome',
  'iloveyou',
  'woaini',
  'abc',
  'abcd',
  'test',
  'guest',
]

/** Length is counted in characters as people see them, so Chinese counts like Latin. */
export function weaknessOf(password: string, loginName: string): Weakness | null {
  const characters = [...password.normalize('NFKC').toLowerCase()]
  if (characters.length < shortest) return 'too-short'
  if (characters.length > longest) return 'too-long'
  const text = characters.join('')
  if (text.includes(loginName.toLowerCase()) && loginName.length >= 4) return 'like-login-name'
  if (new Set(characters).size < 4 || isRun(characters)) return 'too-plain'
  return plain.includes(text.replace(/^[\d!@#$._-]+|[\d!@#$._-]+$/g, '')) || /^\d{8}$/.test(text) ? 'too-plain' : null
}

/** 12345678, abcdefgh and back: each character next to the one before. */
function isRun(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, place) => code - (codes[place] ?? 0))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

/** What a person is told. */
export const weaknessWords = {
  'too-short': { zh: `至少 ${shortest} 个字符`, en: `must have at least ${shortest} characters` },
  'too-long': { zh: `最多 ${longest} 个字符`, en: `must have at most ${longest} characters` },
  'like-login-name': { zh: '不能包含登录名', en: 'must not contain the login name' },
  'too-plain': { zh: '太容易被猜到，请换一个', en: 'is too easy to guess' },
} as const satisfies Record<Weakness, { readonly zh: string; readonly en: string }>
