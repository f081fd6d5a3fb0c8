import { describe, expect, test } from 'vitest'

type Texts = Record<string, unknown>
const zh = import.meta.glob<{ zh: Texts }>('./zh/*.ts', { eager: true })
const en = import.meta.glob<{ en: Texts }>('./en/*.ts', { eager: true })
const code = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

const areas = Object.keys(zh).map((file) => file.replace('./zh/', '').replace('.ts', ''))
const han = /\p{Script=Han}/u

/** Every text with its place; a sentence with places is filled with figures, or with lists where it takes those. */
function textsOf(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value === 'function') return [[place, filled(value as Sentence)]]
  return Object.entries((value ?? {}) as Texts).flatMap(([name, inner]) =>
    textsOf(inner, place === '' ? name : `${place}.${name}`),
  )
}

type Sentence = (...given: unknown[]) => string

function filled(sentence: Sentence): string {
  const lists = [['2'], ['3'], ['4']]
  try {
    return String(sentence(2, 3, 4))
  } catch {
    return String(sentence(...lists))
  }
}

test('both languages have the same areas', () => {
  expect(Object.keys(en).map((file) => file.replace('./en/', './zh/'))).toEqual(Object.keys(zh))
  expect(areas.length).toBeGreaterThan(4)
})

describe.each(areas)('%s', (area) => {
  const chinese = textsOf(zh[`./zh/${area}.ts`]?.zh)
  const english = textsOf(en[`./en/${area}.ts`]?.en)

  test('has every text in both languages', () => {
    expect(english.map(([place]) => place)).toEqual(chinese.map(([place]) => place))
  })

  test('has no Chinese in its English', () => {
    const names = /^(languages\.zh|language|other)$/
    expect(english.filter(([place, text]) => han.test(text) && !names.test(place.replace(/^top\./, '')))).toEqual([])
  })

  test('uses full-width punctuation between Chinese words, and no exclamation marks', () => {
    const wrong = chinese.filter(([, text]) => /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}|！/u.test(text))
    expect(wrong).toEqual([])
  })
})

test('there is no text in code', () => {
  const found = Object.entries(code)
    .filter(([file]) => !/^\.\/|\.test\.ts$|\/made-up\.ts$/.test(file))
    .flatMap(([file, text]) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, at) => (han.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
    )
  expect(found).toEqual([])
})

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, (_, before: string) => before)
}
