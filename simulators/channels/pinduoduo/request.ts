import { readForm } from '../../aid/form.ts'
import type { Asked } from '../../aid/http.ts'

/** The parameters of a call as they are signed. */
export type Params = ReadonlyMap<string, string>

/**
 * Common and business parameters side by side, from a form or from JSON; null where the body is neither. Text is as it reads, numbers and
 * booleans as written, arrays and objects as their JSON text exactly as sent, null left out. Source: pinduoduo.md 1 [doc].
 */
export function paramsOf(asked: Asked): Params | null {
  const type = String(asked.headers['content-type'] ?? '')
  if (type.includes('form')) return readForm(asked).fields
  const text = asked.body.toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  } catch {
    return null
  }
  return membersOf(text)
}

/** A whole text, or one sign of punctuation, or a run of anything else. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gy
const space = /\s*/y

/** The members of a JSON object, which is known to be one, each value as it was written. */
function membersOf(text: string): Params {
  const members = new Map<string, string>()
  let depth = 0
  let name: string | null = null
  let from = -1
  let to = 0
  for (const { word, at } of words(text)) {
    const isEnd = (word === ',' && depth === 1) || (word === '}' && depth === 1)
    if (isEnd && name !== null) {
      const raw = text.slice(from, to)
      if (raw !== 'null') members.set(name, raw.startsWith('"') ? String(JSON.parse(raw)) : raw)
      name = null
      from = -1
    } else if (depth === 1 && name === null && word.startsWith('"')) name = String(JSON.parse(word))
    else if (depth >= 1 && name !== null && from < 0 && word !== ':') from = at
    if (word === '{' || word === '[') depth += 1
    if (word === '}' || word === ']') depth -= 1
    to = at + word.length
  }
  return members
}

function* words(text: string): Generator<{ readonly word: string; readonly at: number }> {
  for (let at = 0; at < text.length; ) {
    space.lastIndex = at
    space.exec(text)
    token.lastIndex = space.lastIndex
    const found = token.exec(text)
    if (found === null) return
    yield { word: found[0], at: found.index }
    at = token.lastIndex
  }
}
