import {
  cleanName,
  fieldMark,
  isLikeName,
  isSurelyName,
  nameMark,
  phoneMark,
  placeEnd,
  takePhone,
  withoutLabels,
} from './contact.ts'
import { halfWidth } from './phone.ts'
import { type FoundRegion, regionAt } from './region-search.ts'

export type AddressPart = 'province' | 'city' | 'district' | 'detail' | 'name' | 'phone'

/** What free text says about a receiver. Region names are the standard ones; what the text does not decide is empty and in `missing`. */
export interface ParsedAddress {
  readonly province: string
  readonly city: string
  /** Empty also where the city has no districts (东莞市); then it is not missing. */
  readonly district: string
  readonly town: string
  /** Everything else, in its order. */
  readonly detail: string
  readonly name: string
  readonly phone: string
  /** Of the region: known down to the district, known in part, or not at all. */
  readonly certainty: 'full' | 'partial' | 'none'
  readonly missing: readonly AddressPart[]
}

const marks = `${phoneMark}${nameMark}${fieldMark}`
const tokenBreak = new RegExp(`[\\s,，;；|。${marks}]`)
const tokenPattern = new RegExp(
  `[A-Za-z][A-Za-z'.]*(?: [A-Za-z][A-Za-z'.]*)+(?![^\\s,，;；|。${marks}])|[^\\s,，;；|。${marks}]+`,
  'g',
)
const institution = /^.{1,4}(?:大学|学院|医院|银行|公司|集团|大厦|商会)/
const edge = /^[\s,，;；、|/\\\-_.。:：\]】)）>＞]+|[\s,，;；、|/\\\-_。:：[【(（]+$/g
const bracket = /[[【(（\-/、:：]/
/** A receiver's text is short; nobody's region comes after this many words. */
const startsLimit = 40

/**
 * Reads an address as merchants paste it and as exports hold it, name and telephone mixed in. A level that is not written is filled
 * in only where the region table leaves no choice (嘉兴 → 浙江省); everything else stays open.
 */
export function parseAddress(text: string): ParsedAddress {
  const { phone, rest } = takePhone(withoutLabels(halfWidth(text)))
  const region = findRegion(rest)
  const head = region ? rest.slice(0, region.start) : ''
  const tail = region ? rest.slice(region.end) : rest
  const { name, detail } = nameAndDetail(head, tail)

  const city = region?.city ?? null
  const district = region?.district?.name ?? region?.districtName ?? ''
  const isComplete = city !== null && (region?.district != null || city.districts.length === 0)
  const parts = { province: region?.province?.name ?? '', city: city?.name ?? '', district, detail, name, phone }
  return {
    ...parts,
    town: region?.town ?? '',
    certainty: certaintyOf(region !== null, isComplete),
    missing: missingParts(parts, city !== null && city.districts.length === 0),
  }
}

function certaintyOf(isFound: boolean, isComplete: boolean): ParsedAddress['certainty'] {
  if (!isFound) return 'none'
  return isComplete ? 'full' : 'partial'
}

function missingParts(parts: Readonly<Record<AddressPart, string>>, hasNoDistricts: boolean): AddressPart[] {
  const all: AddressPart[] = ['province', 'city', 'district', 'detail', 'name', 'phone']
  return all.filter((part) => parts[part] === '' && !(part === 'district' && hasNoDistricts))
}

/** The first region that is complete; failing that the one that says most. A name before it may be glued to it (林晓禾浙江省…). */
function findRegion(text: string): FoundRegion | null {
  let best: FoundRegion | null = null
  for (const { at, isGlued } of regionStarts(text)) {
    const found = regionAt(text, at)
    if (found === null || (isGlued && !isBehindName(found, best))) continue
    if (found.score > (best?.score ?? 0)) best = found
    if (found.district || found.city?.districts.length === 0) break
  }
  return best && withRepetition(text, withoutLooseProvince(text, best))
}

/** In the middle of a word only a region of two written levels is believed, and only where nothing better was found. */
function isBehindName(found: FoundRegion, best: FoundRegion | null): boolean {
  return found.isExplicit && found.levels > 1 && (best === null || best.score <= 2)
}

function regionStarts(text: string): { at: number; isGlued: boolean }[] {
  const starts: { at: number; isGlued: boolean }[] = []
  const glued: { at: number; isGlued: boolean }[] = []
  for (let at = 0; at < text.length && starts.length < startsLimit; at++) {
    const before = text[at - 1] ?? ' '
    if (tokenBreak.test(text[at]!) || !(tokenBreak.test(before) || bracket.test(before))) continue
    if (starts.length === 0 || before === phoneMark || before === nameMark) {
      for (const offset of [2, 3, 4]) glued.push({ at: at + offset, isGlued: true })
    }
    starts.push({ at, isGlued: false })
    if (text.startsWith('中国', at)) starts.push({ at: at + 2, isGlued: false })
  }
  return [...starts, ...glued]
}

/** 浙江工商大学 names a school: the short province says where it is, but its name must stay whole. */
function withoutLooseProvince(text: string, found: FoundRegion): FoundRegion {
  const isProvinceOnly = found.city === null && found.districtName === '' && !found.isExplicit
  return isProvinceOnly && institution.test(text.slice(found.end, found.end + 8))
    ? { ...found, end: found.start }
    : found
}

/** Exports often say the region twice: in its own columns and again before the street. */
function withRepetition(text: string, found: FoundRegion): FoundRegion {
  let at = found.end
  while (at < text.length && (tokenBreak.test(text[at]!) || /[、/\-\]】)）]/.test(text[at]!))) at++
  const again = regionAt(text, at)
  if (again === null || !again.isExplicit || again.levels < 2 || !agree(found, again)) return found
  const town = again.town === '' ? found.town : again.town
  return {
    ...found,
    province: found.province ?? again.province,
    city: found.city ?? again.city,
    district: found.district ?? again.district,
    districtName: found.district ? found.districtName : again.districtName || found.districtName,
    town,
    end: again.end,
  }
}

function agree(one: FoundRegion, other: FoundRegion): boolean {
  const same = <T>(a: T | null, b: T | null) => a === null || b === null || a === b
  if (!same(one.city, other.city) || !same(one.province, other.province) || !same(one.district, other.district))
    return false
  return one.town === '' || other.town === '' || one.town === other.town
}

function nameAndDetail(head: string, tail: string): { name: string; detail: string } {
  const labelled = labelledName(`${head}${fieldMark}${tail}`)
  if (labelled) return { name: labelled.name, detail: tidy(labelled.rest) }

  const before = tidy(head)
  if (before !== '') {
    const { name, rest } = nameInHead(before)
    if (name !== '') return { name, detail: tidy(`${rest} ${tail}`) }
  }
  const found = nameInTail(tail)
  return { name: found?.name ?? '', detail: tidy(`${before} ${found?.rest ?? tail}`) }
}

function labelledName(text: string): { name: string; rest: string } | null {
  const mark = text.indexOf(nameMark)
  if (mark < 0) return null
  const after = text.slice(mark + 1)
  const lead = /^[\s:：]*/.exec(after)?.[0].length ?? 0
  const name = new RegExp(`^(?:[A-Za-z][A-Za-z'. -]*|[^\\s,，;；|。${marks}]+)`).exec(after.slice(lead))?.[0] ?? ''
  return { name: cleanName(name), rest: `${text.slice(0, mark)}${fieldMark}${after.slice(lead + name.length)}` }
}

/** Before the region stands the name, whatever it looks like, unless it is long or has numbers in it. */
function nameInHead(head: string): { name: string; rest: string } {
  const tokens = head.split(/[\s,，;；|。]+/).filter((token) => token !== '' && token !== '收')
  const isLatin = tokens.every((token) => /^[A-Za-z'.-]+$/.test(token))
  if (tokens.length === 1 || isLatin) {
    const name = cleanName(tokens.join(' '))
    return name.length <= 20 && !/\d{3}/.test(name.replace(/[[【]\d+[\]】]$/, ''))
      ? { name, rest: '' }
      : { name: '', rest: head }
  }
  const index = tokens.findIndex(isLikeName)
  if (index < 0) return { name: '', rest: head }
  return { name: cleanName(tokens[index]!), rest: tokens.filter((_, i) => i !== index).join(' ') }
}

/** Behind the region only a token beside the telephone, or at the very end, can be the name; the street itself never is. */
function nameInTail(tail: string): { name: string; rest: string } | null {
  const phone = tail.indexOf(phoneMark)
  const glued = gluedName(tail, phone)
  if (glued) return glued

  const tokens = [...tail.matchAll(tokenPattern)].filter(({ 0: token }) => tidy(token) !== '')
  const beside =
    phone < 0 ? [] : [tokens.findLast(({ index }) => index < phone), tokens.find(({ index }) => index > phone)]
  for (const match of [...beside, tokens.at(-1)]) {
    if (match === undefined || match.index === 0) continue
    const [token] = match
    const mayBe = tokens.length > 1 && beside.includes(match) ? isLikeName : isSurelyName
    if (!mayBe(cleanName(token))) continue
    return {
      name: cleanName(token),
      rest: `${tail.slice(0, match.index)}${fieldMark}${tail.slice(match.index + token.length)}`,
    }
  }
  return null
}

/** 双溪路12号林晓禾13800000101: a name between the number of the house and the telephone. */
function gluedName(tail: string, phone: number): { name: string; rest: string } | null {
  const name = /(?:号|室|栋|幢|单元|户|\d)([\u4e00-\u9fff]{2,3})$/.exec(tail.slice(0, Math.max(phone, 0)))?.[1]
  if (name === undefined || !isSurelyName(name) || placeEnd.test(name)) return null
  return { name, rest: `${tail.slice(0, phone - name.length)}${tail.slice(phone)}` }
}

function tidy(text: string): string {
  return text
    .replace(new RegExp(`[${marks}\\s]+`, 'g'), ' ')
    .replace(/(?:\s*[,，;；]){2,}/g, '，')
    .replace(edge, '')
    .trim()
}
