import { type Named, type Names, namesOfCities, namesOfDistricts, namesOfProvinces } from './region-names.ts'
import { shortNames } from './short-name.ts'
import { type City, type District, type Province, townsOf } from './table.ts'

/** A region found in free text between `start` and `end`. Levels that the text does not decide are null. */
export interface FoundRegion {
  readonly province: Province | null
  readonly city: City | null
  readonly district: District | null
  /** The district's name, or as it is written where several cities have one and the text does not say which. */
  readonly districtName: string
  readonly town: string
  readonly start: number
  readonly end: number
  /** Characters that named a level; more is better. */
  readonly score: number
  /** Whether province or city is written in full, so that a repetition in the detail can be told from a street. */
  readonly isExplicit: boolean
  /** How many levels are written, repeats not counted. */
  readonly levels: number
}

/** One name read in the text. A repeat or a placeholder (市辖区) counts only if more follows. */
interface Step {
  readonly start: number
  readonly end: number
  readonly loose: boolean
  readonly isFiller: boolean
}

interface Path {
  readonly province: Province | null
  readonly city: City | null
  readonly district: District | null
  /** As it is written. */
  readonly districtText: string
  readonly town: string
  readonly steps: readonly Step[]
  /** Levels filled in from the table without being written. */
  readonly inferred: number
}

const longestName = 15
/** 重庆 重庆市 重庆城区 市辖区: nobody repeats himself more often. */
const longestRun = 5
const separators = /[\s,，、/\\|>＞·.\-_—[\]【】()（）]/
const placeholders = [
  '省直辖县级行政区划',
  '自治区直辖县级行政区划',
  '省直辖县级行政单位',
  '自治区直辖县级行政单位',
  '省直辖行政单位',
  '省直辖县',
  '直辖县',
  '市辖区',
  '县',
]
/** What turns a loose name before it into something else: 广州|大道, 西湖|文化广场 is not among them. */
const compound =
  /^(?:[东西南北中]?[一二三四五六七八九十]?(?:路|街|大道|大街|巷|弄|胡同|站)|街道|镇|乡|村|里|坊|大学(?!城)|学院|医院|中学|小学|大桥|大厦|大酒店|酒店|宾馆|饭店|银行|广场|公园|花园|花苑|小区|新村|新城|公寓|机场|国际|寺|祠|塔|庙|宫|阁|苑|府|湾|岛|岭|滩|堡|口岸)/
const townSuffix = /(?:街道|镇|乡)$/

/** The best region that begins exactly at `start`, or null. Ambiguous districts are settled by their town or left open. */
export function regionAt(text: string, start: number): FoundRegion | null {
  const valid = pathsFromProvince(text, start).filter(({ steps }) => steps.length > 0 && stepsHold(text, steps))
  if (valid.length === 0) return null

  const best = Math.max(...valid.map(rank))
  return merged(
    valid.filter((path) => rank(path) === best),
    start,
  )
}

/** Characters read first; then what the text says outright before what had to be filled in; then the deeper level. */
function rank(path: Path): number {
  return score(path) * 100 - path.inferred * 10 + depth(path)
}

function score({ steps }: Path): number {
  return steps.reduce((sum, { start, end }) => sum + end - start, 0)
}

function depth({ city, district, town }: Path): number {
  return (city ? 1 : 0) + (district ? 1 : 0) + (town === '' ? 0 : 1)
}

function pathsFromProvince(text: string, start: number): Path[] {
  const nothing = { province: null, city: null, district: null, districtText: '', town: '', steps: [], inferred: 0 }
  const paths = pathsFromCity(text, start, nothing)
  for (const { hit, step } of namesAt(namesOfProvinces(), text, start)) {
    const province = hit.place
    const words = [...placeholders, ...(province.isMunicipality ? municipalFillers(province) : [])]
    const isFiller = fillers(namesOfProvinces(), province, words)
    for (const steps of withFillers(text, step, isFiller)) {
      const at = afterSeparators(text, steps.at(-1)!.end)
      const path = { ...nothing, province, steps }
      if (province.isMunicipality)
        paths.push(...pathsFromDistrict(text, at, { ...path, city: province.cities[0] ?? null }))
      else paths.push(...pathsFromCity(text, at, path))
    }
  }
  return paths
}

function pathsFromCity(text: string, at: number, path: Path): Path[] {
  const paths = pathsFromDistrict(text, at, path)
  const names = namesOfCities(path.province)
  for (const { hit, step } of namesAt(names, text, at)) {
    const city = hit.place
    for (const steps of withFillers(text, step, fillers(names, city, ['市辖区']))) {
      const province = city.province
      const inferred = path.inferred + (path.province ? 0 : 1)
      const next = afterSeparators(text, steps.at(-1)!.end)
      paths.push(
        ...pathsFromDistrict(text, next, { ...path, province, city, steps: [...path.steps, ...steps], inferred }),
      )
    }
  }
  return paths
}

function pathsFromDistrict(text: string, at: number, path: Path): Path[] {
  const paths = pathsFromTown(text, at, path)
  const names = namesOfDistricts(path.city ?? path.province)
  for (const { hit, step } of namesAt(names, text, at)) {
    const district = hit.place
    for (const steps of withFillers(text, step, fillers(names, district, []))) {
      const below = pathsFromTown(text, afterSeparators(text, steps.at(-1)!.end), {
        ...path,
        province: district.city.province,
        city: district.city,
        district,
        districtText: text.slice(step.start, step.end),
        steps: [...path.steps, ...steps],
        inferred: path.inferred + (path.city ? 0 : 1) + (path.province ? 0 : 1),
      })
      // 义乌 alone may be a person or a shop; with its town behind it, it is a place.
      paths.push(...(hit.loose && path.steps.length === 0 ? below.filter(({ town }) => town !== '') : below))
    }
  }
  return paths
}

function pathsFromTown(text: string, at: number, path: Path): Path[] {
  const paths = [path]
  if (path.city === null) return paths
  const places = path.district || path.city.districts.length === 0 ? [path.district ?? path.city] : path.city.districts
  const isOpen = places.length > 1 || places[0] !== (path.district ?? path.city)
  const hits = places.flatMap((place) => townAt(text, at, place))
  const [hit] = hits
  if (hit === undefined || (isOpen && hits.length > 1)) return paths

  const steps = [...path.steps, hit.step]
  const place = hit.place
  const district = 'city' in place ? place : path.district
  paths.push({ ...path, district, town: hit.town, steps, inferred: path.inferred + (isOpen ? 1 : 0) })
  return paths
}

/** The longest town of `place` written at `at`. Where towns lie directly below a city, 虎门 and 南城区 mean 虎门镇 and 南城街道. */
function townAt(
  text: string,
  at: number,
  place: City | District,
): { place: City | District; town: string; step: Step }[] {
  let best: { town: string; length: number; loose: boolean } | null = null
  for (const town of townsOf(place)) {
    if (text.startsWith(town, at)) {
      if (town.length > (best?.length ?? 0)) best = { town, length: town.length, loose: false }
    } else if (!('city' in place)) {
      const base = town.replace(townSuffix, '')
      const longer = base.length + 1
      if (base.length < 2 || !text.startsWith(base, at)) continue
      if (text[at + base.length] === '区' && longer > (best?.length ?? 0)) best = { town, length: longer, loose: false }
      else if (base.length > (best?.length ?? 0)) best = { town, length: base.length, loose: true }
    }
  }
  if (best === null) return []
  const office = /^(?:办事处|办)/.exec(text.slice(at + best.length, at + best.length + 3))?.[0] ?? ''
  const taken = best.town.endsWith('街道') ? best.length + office.length : best.length
  return [{ place, town: best.town, step: { start: at, end: at + taken, loose: best.loose, isFiller: false } }]
}

function namesAt<T>(names: Names<T>, text: string, at: number): { hit: Named<T>; step: Step }[] {
  const found: { hit: Named<T>; step: Step }[] = []
  for (let length = Math.min(longestName, text.length - at); length > 1; length--) {
    for (const hit of names.get(text.slice(at, at + length)) ?? []) {
      found.push({ hit, step: { start: at, end: at + length, loose: hit.loose, isFiller: false } })
    }
  }
  return found
}

/** `first` alone, then with each run of repeats and placeholders behind it: 北京 北京市 市辖区. */
function withFillers(text: string, first: Step, fillerAt: (text: string, at: number) => Step | null): Step[][] {
  const runs: Step[][] = [[first]]
  for (let run = [first]; run.length < longestRun; ) {
    const next = fillerAt(text, afterSeparators(text, run.at(-1)!.end))
    if (next === null) break
    run = [...run, next]
    runs.push(run)
  }
  return runs
}

function fillers<T>(names: Names<T>, place: T, words: readonly string[]): (text: string, at: number) => Step | null {
  return (text, at) => {
    const word = words.find((each) => text.startsWith(each, at))
    if (word !== undefined) return { start: at, end: at + word.length, loose: word === '县', isFiller: true }
    const repeat = namesAt(names, text, at).find(({ hit }) => hit.place === place)
    return repeat ? { ...repeat.step, isFiller: true } : null
  }
}

function municipalFillers({ name }: Province): string[] {
  const base = shortNames(name)[0] ?? name
  return [`${base}城区`, `${base}郊县`]
}

/** Loose names must stand apart, be followed by a lower level, or at least not be the beginning of a street or a house. */
function stepsHold(text: string, steps: readonly Step[]): boolean {
  return steps.every(({ end, loose, isFiller }, index) => {
    if (!loose) return true
    const next = steps[index + 1]
    if (end >= text.length || separators.test(text[end]!) || next?.start === end) return true
    return !isFiller && !compound.test(text.slice(end, end + 5))
  })
}

/** One answer from equally good readings: what they agree on stands, what they differ in stays open. */
function merged(paths: readonly Path[], start: number): FoundRegion {
  const [first] = paths
  const agreed = <T>(of: (path: Path) => T): T | null => {
    const value = of(first!)
    return paths.every((path) => of(path) === value) ? value : null
  }
  return {
    province: agreed(({ province }) => province),
    city: agreed(({ city }) => city),
    district: agreed(({ district }) => district),
    districtName: agreed(({ district }) => district)?.name ?? agreed(({ districtText }) => districtText) ?? '',
    town: agreed(({ town }) => town) ?? '',
    start,
    end: Math.min(...paths.map(({ steps }) => steps.at(-1)!.end)),
    score: score(first!),
    isExplicit: first!.steps[0]!.end - start > 2 && !first!.steps[0]!.loose,
    levels: first!.steps.filter(({ isFiller }) => !isFiller).length,
  }
}

function afterSeparators(text: string, at: number): number {
  let next = at
  while (next < text.length && separators.test(text[next]!)) next++
  return next
}
