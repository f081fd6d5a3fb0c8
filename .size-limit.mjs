// What a person downloads before a screen can be used, counted from Vite's manifest: an entry, the page it opens with, and all
// that these import at once. What is loaded later, on a click, does not count.
import { existsSync, readFileSync } from 'node:fs'

const built = 'web/dist'
const manifestFile = `${built}/.vite/manifest.json`
if (!existsSync(manifestFile)) throw new Error(`${manifestFile} is not there: build the page first (npm run build)`)
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

/** Scripts of `keys` and of everything they import at once. */
function scriptsOf(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    scriptsOf(manifest[key].imports ?? [], seen)
  }
  return seen
}

/** The entry of a page file, and the lazily loaded page that it opens with; a first visit asks for at most `requests` scripts. */
function screen(name, { entry, page, limit, requests }) {
  const start = Object.keys(manifest).find((key) => manifest[key].isEntry && entry.test(key))
  if (start === undefined) throw new Error(`${manifestFile} has no entry like ${entry}`)
  const atOnce = scriptsOf([start])
  const pages = page
    ? [...atOnce].flatMap((key) => manifest[key].dynamicImports ?? []).filter((key) => page.test(key))
    : []
  const files = [...scriptsOf([start, ...pages])].map((key) => `${built}/${manifest[key].file}`)
  const path = files.filter((file) => file.endsWith('.js'))
  if (path.length > requests) throw new Error(`${name} opens with ${path.length} scripts, more than ${requests}`)
  return { name, path, limit, gzip: true }
}

export default [
  screen('orders workbench', {
    entry: /(^|\/)index[.]html$/,
    page: /^_(desk|orders)-[^/]+[.]js$/,
    limit: '280 kB',
    requests: 8,
  }),
  screen('phone', { entry: /(^|\/)m[.]html$/, page: /src\/phone\/todo-page[.]tsx$/, limit: '80 kB', requests: 8 }),
]
