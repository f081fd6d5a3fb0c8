// Keeps the phone entry on the device, so that it opens where no network is. Calls are never kept: the page itself knows what may wait.
const shelf = 'tongdan-phone-1'
const entry = '/m'

self.addEventListener('install', (event) => {
  event.waitUntil(refresh().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && (pathname === entry || pathname.startsWith(`${entry}/`))) {
    event.respondWith(page(request))
  } else if (pathname.startsWith('/assets/') || pathname === '/icon.svg') {
    event.respondWith(file(request))
  }
})

self.addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepOnly(event.data.keep))
})

/** The files in use are kept; those of builds before are let go. */
async function keepOnly(files) {
  const cache = await caches.open(shelf)
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  await cache.addAll(files.filter((file) => !kept.includes(file)))
  const old = kept.filter((file) => file.startsWith('/assets/') && !files.includes(file) && !file.endsWith('.wasm'))
  await Promise.all(old.map((file) => cache.delete(file)))
}

/** The newest page where there is network, else the one kept. */
async function page(request) {
  try {
    const answer = await fetch(request)
    if (answer.ok) await (await caches.open(shelf)).put(entry, answer.clone())
    return answer
  } catch (error) {
    const kept = await caches.match(entry)
    if (kept) return kept
    throw error
  }
}

/** Files of the build never change under their names. */
async function file(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(shelf)).put(request, answer.clone())
  return answer
}

/** Fetches the page and all that it names, before the first walk into the cellar. */
async function refresh() {
  const cache = await caches.open(shelf)
  const answer = await fetch(entry, { cache: 'no-cache' })
  const named = [...(await answer.clone().text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address)
  await cache.put(entry, answer)
  await cache.addAll([...new Set(named)])
}
