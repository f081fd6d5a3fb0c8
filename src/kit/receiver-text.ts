const cjkOnly = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}·・]+$/u

/**
 * One name from its parts, family name first: parts in Chinese, Japanese or Korean characters are joined without a space (林 + 晓禾 →
 * 林晓禾), others with one. Empty parts count for nothing. Source: own-site.md O8 [rule].
 */
export function joinName(parts: readonly string[]): string {
  const words = parts.flatMap((part) => part.trim().split(/\s+/u)).filter((word) => word !== '')
  return words.join(words.every((word) => cjkOnly.test(word)) ? '' : ' ')
}

/** A telephone number without China's country code (+86 or 0086). Any other text stays as it came. Source: own-site.md O8 [rule]. */
export function withoutCountryCode(phone: string): string {
  return phone.trim().replace(/^(?:\+|00)86[\s-]*/u, '')
}
