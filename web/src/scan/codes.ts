/**
 * The ways in which one scanned text may be meant: as it is, and the goods' number inside a GS1 code (AI 01), with and without its
 * leading zeros, since shops keep 13 digits where the carton says 14.
 */
export function meaningsOf(scanned: string): readonly string[] {
  const plain = scanned.replace(/^\][A-Za-z]\d/, '')
  const number = goodsNumber(plain)
  const all = [scanned, plain, ...(number === null ? [] : withoutZeros(number))]
  return [...new Set(all.filter((text) => text !== ''))]
}

/** Scanners send the sign that ends a field of changing length as it is. */
const fieldEnd = String.fromCharCode(0x1d)
const bareNumber = new RegExp(`^${fieldEnd}?01(\\d{14})(?:$|${fieldEnd}|(?:1[0-7]|2[01]|3\\d)[\\s\\S])`)

function goodsNumber(text: string): string | null {
  const bracketed = /^\(01\)(\d{14})/.exec(text)?.[1]
  if (bracketed) return bracketed
  // Without brackets only what follows it shows that the code is of the kind that begins with 01.
  const bare = bareNumber.exec(text)?.[1]
  return bare !== undefined && isChecked(bare) ? bare : null
}

/** The last digit of such a number follows from the others: 3 and 1 in turn from the right, up to the next ten. */
function isChecked(number: string): boolean {
  const sum = [...number].reduceRight((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return sum % 10 === 0
}

function withoutZeros(number: string): string[] {
  return number.startsWith('0') ? [number, number.slice(1)] : [number]
}

/** How a code is shown: the separator of GS1 codes has no shape of its own. */
export const shownCode = (scanned: string): string => scanned.replaceAll('\u001d', '␝')

/** Codes are compared without regard to case, since scanners may have Caps Lock on. */
export function isSameCode(one: string | null, other: string): boolean {
  return one !== null && one.toUpperCase() === other.toUpperCase()
}
