/** The file of each page by its address. The menu, the router and the very first visit load from here. */
export const pageFiles = {
  '/': () => import('./home/home-page.tsx'),
  '/review': () => import('./orders/review-page.tsx'),
  '/orders': () => import('./orders/orders-page.tsx'),
  '/orders/$orderNo': () => import('./orders/order-page.tsx'),
  '/fulfil': () => import('./fulfil/fulfil-page.tsx'),
  '/check': () => import('./check/check-page.tsx'),
  '/listings': () => import('./goods/listings-page.tsx'),
  '/products': () => import('./goods/products-page.tsx'),
  '/stock': () => import('./stock/stock-page.tsx'),
  '/shops': () => import('./shops/shops-page.tsx'),
  '/shops/authorised': () => import('./shops/authorised-page.tsx'),
  '/transfers': () => import('./transfers/transfers-page.tsx'),
  '/people': () => import('./people/people-page.tsx'),
  '/audit': () => import('./audit/audit-page.tsx'),
  '/system': () => import('./system/system-page.tsx'),
  '/switchboard': () => import('./switchboard/switchboard-page.tsx'),
} as const
export type PageAddress = keyof typeof pageFiles

/** Loads the page of an address before the router stands. */
export async function preload(path: string): Promise<void> {
  const known = Object.keys(pageFiles) as PageAddress[]
  const address = known.find((each) => new RegExp(`^${each.replace(/\$\w+/g, '[^/]+')}$`).test(path))
  // A page that does not come now is asked for again, and told about, when it is opened.
  if (address) await pageFiles[address]().catch(() => undefined)
}
