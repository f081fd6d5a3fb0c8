import { readPhone } from './phone.ts'

const compoundSurname =
  /^(?:欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|公西|令狐|第五)/
/** A platform's masked name shows three characters at most (欧阳*华). */
const shownOfName = 3
/** A masked number shows an area code or its first three digits, its last four, perhaps its extension. */
const maskedPhone = /^(?:\+?\d{0,4}[- ]?\*{3,}\d{0,4}(?:-[\d*]{1,6})?|\*+)$/
const starsOfUnknown = 11
/** What is longer is no name but a platform's ciphertext. */
const longestName = 40

/**
 * 陈小华 → 陈*华, 王小 → 王*, 欧阳小华 → 欧阳*华; a single character stays. Of any other name the first and the last character stay. A name
 * that a platform has masked already is left as it is; ciphertext, which says nothing to anybody, becomes three stars.
 */
export function maskName(name: string): string {
  const signs = Array.from(name)
  if (signs.length > longestName) return '***'
  if (signs.length < 2 || isMasked(signs)) return name

  const first = compoundSurname.test(name) && signs.length > 2 ? 2 : 1
  const last = signs.length - first > 1 ? 1 : 0
  const stars = '*'.repeat(signs.length - first - last)
  return signs.slice(0, first).join('') + stars + signs.slice(signs.length - last).join('')
}

/**
 * 13800000101 → 138****0101, 18877771111-123 → 188****1111-***, 0573-88880000 → 0573-****0000, +852 51230000 → +852 ****0000. What is
 * no number at all becomes stars only.
 */
export function maskPhone(phone: string): string {
  if (maskedPhone.test(phone)) return phone
  const read = readPhone(phone)
  if (read === null) return '*'.repeat(Math.min(phone.length, starsOfUnknown))
  const extension = read.extension === '' ? '' : `-${'*'.repeat(read.extension.length)}`
  return maskNumber(read.number) + extension
}

/**
 * '******', or '' where there is none: province, city and district stand beside it, street and house are never shown in part. What a
 * platform has masked (东栅街道****) stays, unless it still has numbers in it.
 */
export function maskAddress(detail: string): string {
  const isDone = detail.includes('**') && !/[\d０-９]/.test(detail)
  return detail === '' || isDone ? detail : '******'
}

/** The area or country code and the last four digits stay; of a mobile the first three. */
function maskNumber(number: string): string {
  const cut = Math.max(number.indexOf('-'), number.indexOf(' ')) + 1
  const shown = cut > 0 ? cut : 3
  return number.slice(0, shown) + '*'.repeat(number.length - shown - 4) + number.slice(-4)
}

function isMasked(signs: readonly string[]): boolean {
  const stars = signs.filter((sign) => sign === '*' || sign === '＊').length
  return stars > 0 && signs.length - stars <= shownOfName
}
