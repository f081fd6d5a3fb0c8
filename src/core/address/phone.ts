/**
 * What a telephone number of a receiver can be. `virtual` is a platform's number that only reaches the receiver with its extension
 * (隐私号 18877771111-123). Source: taobao.md 9, wechat-shop.md 7, xiaohongshu.md 8; the numbering plans of the mainland, Hong
 * Kong, Macau and Taiwan.
 */
export type PhoneKind = 'mobile' | 'virtual' | 'landline' | 'hotline' | 'hong-kong' | 'macau' | 'taiwan'

export interface Phone {
  readonly kind: PhoneKind
  /** Digits as they are dialled, area code set off: 13800000101, 0573-88880000, +852 51230000. */
  readonly number: string
  /** Empty where there is none. */
  readonly extension: string
}

const extension = '(?:(?:-|转|#|,|，|ext\\.?|分机号?:?)(\\d{1,6}))?'

/** Whole texts after spaces are gone and full-width signs are plain. The country code of the mainland may stand before any of its numbers. */
const shapes: readonly { readonly kind: PhoneKind; readonly pattern: RegExp; readonly join: string }[] = [
  { kind: 'hong-kong', pattern: new RegExp(`^(?:\\+|00)?(852)-?([2-9]\\d{3}-?\\d{4})${extension}$`), join: '+' },
  { kind: 'macau', pattern: new RegExp(`^(?:\\+|00)?(853)-?((?:6\\d|28|8\\d)\\d{2}-?\\d{4})${extension}$`), join: '+' },
  {
    kind: 'taiwan',
    pattern: new RegExp(`^(?:\\+|00)(886)-?0?(9\\d{2}-?\\d{3}-?\\d{3}|[2-8]-?\\d{3,4}-?\\d{4})${extension}$`),
    join: '+',
  },
  { kind: 'taiwan', pattern: /^(09\d{2})-?(\d{3}-?\d{3})$/, join: '' },
  { kind: 'mobile', pattern: new RegExp(`^(?:\\+?86-?|0086-?)?()(1[3-9]\\d-?\\d{4}-?\\d{4})${extension}$`), join: '' },
  {
    kind: 'landline',
    pattern: new RegExp(`^(?:\\+?86-?|0086-?)?\\(?(010|02\\d)\\)?-?([2-9]\\d{3}-?\\d{4})${extension}$`),
    join: '-',
  },
  {
    kind: 'landline',
    pattern: new RegExp(`^(?:\\+?86-?|0086-?)?\\(?(0[3-9]\\d{2})\\)?-?([2-9]\\d{2,3}-?\\d{4})${extension}$`),
    join: '-',
  },
  { kind: 'hotline', pattern: new RegExp(`^()([48]00-?\\d{3}-?\\d{4})${extension}$`), join: '' },
]
const withoutPrefix: readonly {
  readonly kind: PhoneKind
  readonly province: string
  readonly pattern: RegExp
  readonly code: string
}[] = [
  { kind: 'hong-kong', province: '香港特别行政区', pattern: /^[2-9]\d{7}$/, code: '852' },
  { kind: 'macau', province: '澳门特别行政区', pattern: /^(?:6\d|28|8\d)\d{6}$/, code: '853' },
  { kind: 'taiwan', province: '台湾省', pattern: /^0[2-8]\d{7,8}$/, code: '886' },
]

/** Reads a number that is the whole text, or null. In `province` (full name) local numbers of 港澳台 need no country code. */
export function readPhone(text: string, province = ''): Phone | null {
  const plain = halfWidth(text).replace(/\s+/g, '')
  for (const { province: home, pattern, kind, code } of withoutPrefix) {
    const digits = plain.replace(/-/g, '')
    if (home === province && pattern.test(digits))
      return { kind, number: `+${code} ${digits.replace(/^0/, '')}`, extension: '' }
  }
  for (const { kind, pattern, join } of shapes) {
    const match = pattern.exec(plain)
    if (match === null) continue
    const [, area = '', rest = '', inner = ''] = match
    const digits = rest.replace(/-/g, '')
    const number = join === '+' ? `+${area} ${digits}` : area + join + digits
    return { kind: kind === 'mobile' && inner !== '' ? 'virtual' : kind, number, extension: inner }
  }
  return null
}

/** 13800000101, 18877771111-123, 0573-88880000-8: the number as it is shown and stored. */
export function phoneText({ number, extension: inner }: Phone): string {
  return inner === '' ? number : `${number}-${inner}`
}

/** Full-width digits, letters and signs as their plain ones; ideographic spaces as spaces. Han punctuation stays. */
export function halfWidth(text: string): string {
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ＋＃－＊／＠．]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ')
    .replace(/[‐‑–−]/g, '-')
    .replace(/[\u200b-\u200f\u2028-\u202e\ufeff]/g, '')
}
