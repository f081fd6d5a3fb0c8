import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Which of the programs that read paper are not on this machine. Debian has them in `poppler-utils` and `zbar-tools`. */
export function missingTools(...names: readonly ('pdftoppm' | 'pdftotext' | 'pdffonts' | 'zbarimg')[]): string[] {
  return names.filter((name) => {
    try {
      execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
}

async function inFolder<T>(pdf: Uint8Array, work: (folder: string, file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-paper-'))
  try {
    const file = path.join(folder, 'paper.pdf')
    await writeFile(file, pdf)
    return await work(folder, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const dotsPerMm = 203 / 25.4

/** What a thermal printer (203 dpi) would print from `fromMm` down, one grey picture a page, as PGM. */
export const pictures = (pdf: Uint8Array, fromMm = 0): Promise<Buffer[]> =>
  inFolder(pdf, async (folder, file) => {
    const top = String(Math.round(fromMm * dotsPerMm))
    const whole = ['-x', '0', '-W', '100000', '-H', '100000', '-y', top]
    await run('pdftoppm', ['-r', '203', '-gray', ...(fromMm > 0 ? whole : []), file, path.join(folder, 'page')])
    const names = (await readdir(folder)).filter((name) => name.endsWith('.pgm')).sort()
    return Promise.all(names.map((name) => readFile(path.join(folder, name))))
  })

/** The code-128 texts that a scanner reads on each page from `fromMm` down; the same text twice counts once. */
export async function readBarcodes(pdf: Uint8Array, fromMm = 0): Promise<string[][]> {
  const pages = await pictures(pdf, fromMm)
  return inFolder(pdf, async (folder) =>
    Promise.all(
      pages.map(async (picture, i) => {
        const file = path.join(folder, `${i}.pgm`)
        await writeFile(file, picture)
        const reading = run('zbarimg', ['-q', '--raw', '-Sdisable', '-Scode128.enable', file])
        // It ends with 4 when it finds nothing.
        const { stdout } = await reading.catch((error: { code?: unknown }) => {
          if (error.code === 4) return { stdout: '' }
          throw error
        })
        return stdout.split('\n').filter(Boolean)
      }),
    ),
  )
}

/** The text of each page, as it stands. */
export const readText = (pdf: Uint8Array): Promise<string[]> =>
  inFolder(pdf, async (_folder, file) => {
    const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 50_000_000 })
    return stdout.split('\f').slice(0, -1)
  })

export interface Word {
  readonly page: number
  readonly text: string
  /** In points from the upper left corner. */
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly pageWidth: number
  readonly pageHeight: number
}

/** Every word with the place it takes. */
export const readWords = (pdf: Uint8Array): Promise<Word[]> =>
  inFolder(pdf, async (_folder, file) => {
    const { stdout } = await run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 50_000_000 })
    const words: Word[] = []
    let page = 0
    let size = [0, 0]
    for (const [, pageWidth, pageHeight, left, top, right, bottom, text] of stdout.matchAll(
      /<page width="([\d.]+)" height="([\d.]+)">|<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)/g,
    )) {
      if (text === undefined) {
        page += 1
        size = [Number(pageWidth), Number(pageHeight)]
        continue
      }
      words.push({
        page,
        text,
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
        pageWidth: size[0]!,
        pageHeight: size[1]!,
      })
    }
    return words
  })

/** One line a font: its name, whether it is embedded, whether only the signs used are. */
export const readFonts = (pdf: Uint8Array): Promise<string[]> =>
  inFolder(pdf, async (_folder, file) => {
    const { stdout } = await run('pdffonts', [file])
    return stdout.split('\n').slice(2).filter(Boolean)
  })
