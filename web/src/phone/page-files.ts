/** The file of each page of the phone. All are fetched once the first is shown, so that none is missing where no network is. */
export const pageFiles = {
  '/m': () => import('./todo-page.tsx'),
  '/m/find': () => import('./find-page.tsx'),
  '/m/check': () => import('./check-page.tsx'),
  '/m/scanner': () => import('./scanner-page.tsx'),
  '/m/mine': () => import('./mine-page.tsx'),
  '/m/review': () => import('./review-page.tsx'),
  '/m/count': () => import('./count-page.tsx'),
} as const

/** Keeps every file of the phone entry on the device. */
export async function keepOnDevice(): Promise<void> {
  const { ready } = navigator.serviceWorker
  await Promise.all(Object.values(pageFiles).map((load) => load()))
  const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  const keep = [...new Set(files)].filter((file) => file.startsWith('/assets/'))
  ;(await ready).active?.postMessage({ keep })
}
