import { graphFault, type Place } from './errors.ts'

/** A word, number, text or mark of a document. */
export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'mark' | 'end'
  /** As written; of a text what it says. */
  readonly value: string
  readonly at: Place
}

/** A document's words, read one after the other. */
export interface Tokens {
  readonly peek: () => Token
  readonly take: () => Token
  /** Takes the mark or word when it comes next. */
  readonly skip: (value: string) => boolean
  /** Takes what must come next. Throws a GraphFault when something else does. */
  readonly expect: (value: string) => Token
  readonly word: () => Token
}

const pattern =
  /(?<gap>[\s,\uFEFF]+|#[^\n\r]*)|(?<word>[_A-Za-z]\w*)|(?<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<block>"""[\s\S]*?""")|(?<text>"(?:[^"\\\n\r]|\\.)*")|(?<mark>\.\.\.|[!$&():=@[\]{|}])/y

/** Throws a GraphFault at a character that no document holds. */
export function tokensOf(source: string): Tokens {
  const tokens = [...cut(source)]
  let next = 0
  const peek = () => tokens[next]!
  const isMark = ({ kind, value }: Token, wanted: string) => kind !== 'text' && kind !== 'end' && value === wanted

  function take(): Token {
    const token = peek()
    if (token.kind !== 'end') next += 1
    return token
  }
  function skip(value: string): boolean {
    if (!isMark(peek(), value)) return false
    next += 1
    return true
  }
  function expect(value: string): Token {
    if (!isMark(peek(), value)) throw unexpected(peek(), `expecting "${value}"`)
    return take()
  }
  function word(): Token {
    if (peek().kind !== 'word') throw unexpected(peek(), 'expecting a name')
    return take()
  }
  return { peek, take, skip, expect, word }
}

/** The error at a token that cannot stand where it stands. */
export function unexpected({ kind, value, at }: Token, wish: string): Error {
  const what = kind === 'end' ? 'end of file' : `"${value}"`
  return graphFault({
    message: `syntax error, unexpected ${what}, ${wish} at [${at.line}, ${at.column}]`,
    locations: [at],
  })
}

function* cut(source: string): Generator<Token> {
  let [line, lineStart, from] = [1, 0, 0]
  while (from < source.length) {
    pattern.lastIndex = from
    const match = pattern.exec(source)
    const at = { line, column: from - lineStart + 1 }
    if (match === null) throw unexpected({ kind: 'mark', value: source[from]!, at }, 'expecting something else')
    const { gap, word, number, block, text, mark } = match.groups!
    const value = match[0]
    if (word !== undefined || number !== undefined) yield { kind: word === undefined ? 'number' : 'word', value, at }
    else if (mark !== undefined) yield { kind: 'mark', value, at }
    else if (gap === undefined) yield { kind: 'text', value: said({ block, text, at }), at }
    for (const { index } of value.matchAll(/\n/g)) {
      line += 1
      lineStart = from + index + 1
    }
    from += value.length
  }
  yield { kind: 'end', value: '', at: { line, column: from - lineStart + 1 } }
}

interface Quoted {
  readonly block?: string | undefined
  readonly text?: string | undefined
  readonly at: Place
}

function said({ block, text = '', at }: Quoted): string {
  if (block !== undefined) return block.slice(3, -3).trim()
  try {
    return JSON.parse(text.replaceAll('\t', '\\t')) as string
  } catch {
    throw unexpected({ kind: 'text', value: text, at }, 'expecting a readable string')
  }
}
