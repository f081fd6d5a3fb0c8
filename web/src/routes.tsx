import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import type { Permission } from '../../src/core/access/permissions.ts'
import { Frame } from './frame/frame.tsx'
import { Broken, NoRight, NotFound } from './frame/instead.tsx'
import { pageFiles } from './pages/addresses.ts'
import { readAuditSearch } from './pages/audit/search.ts'
import { readFulfilSearch } from './pages/fulfil/search.ts'
import { readListingSearch } from './pages/goods/listing-search.ts'
import { readProductSearch } from './pages/goods/product-search.ts'
import { readOrderSearch } from './pages/orders/search.ts'
import { readPeopleSearch } from './pages/people/search.ts'
import { readQuery, readShopSearch } from './pages/shops/search.ts'
import { readStockSearch } from './pages/stock/search.ts'
import { readSystemSearch } from './pages/system/search.ts'
import { readTransferSearch } from './pages/transfers/search.ts'
import { usePath } from './parts/go.tsx'
import { parseSearch, stringifySearch } from './search.ts'
import { useMay } from './session.ts'

/** The packing station has the window to itself; every other page stands in the frame. */
function Root() {
  return usePath() === '/check' ? <Outlet /> : <Frame />
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: Broken })

/** A page that is loaded when it is first needed, for whoever has the right; anybody else is told whom to ask. */
function page(load: () => Promise<{ readonly default: () => React.ReactNode }>, permission: Permission) {
  const Loaded = lazyRouteComponent(load)
  const Guarded = () => (useMay()(permission) ? <Loaded /> : <NoRight permission={permission} />)
  return { component: Object.assign(Guarded, Loaded.preload && { preload: Loaded.preload }) }
}

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', ...page(pageFiles['/'], 'home.see') }),
  createRoute({
    getParentRoute: () => root,
    path: '/review',
    validateSearch: readOrderSearch,
    ...page(pageFiles['/review'], 'orders.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    validateSearch: readOrderSearch,
    ...page(pageFiles['/orders'], 'orders.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders/$orderNo',
    ...page(pageFiles['/orders/$orderNo'], 'orders.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/fulfil',
    validateSearch: readFulfilSearch,
    ...page(pageFiles['/fulfil'], 'fulfilment.read'),
  }),
  createRoute({ getParentRoute: () => root, path: '/check', ...page(pageFiles['/check'], 'fulfilment.work') }),
  createRoute({
    getParentRoute: () => root,
    path: '/listings',
    validateSearch: readListingSearch,
    ...page(pageFiles['/listings'], 'catalogue.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products',
    validateSearch: readProductSearch,
    ...page(pageFiles['/products'], 'catalogue.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/stock',
    validateSearch: readStockSearch,
    ...page(pageFiles['/stock'], 'stock.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/shops',
    validateSearch: readShopSearch,
    ...page(pageFiles['/shops'], 'shops.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/shops/authorised',
    validateSearch: readQuery,
    ...page(pageFiles['/shops/authorised'], 'home.see'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/transfers',
    validateSearch: readTransferSearch,
    ...page(pageFiles['/transfers'], 'imports.work'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people',
    validateSearch: readPeopleSearch,
    ...page(pageFiles['/people'], 'people.manage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    validateSearch: readAuditSearch,
    ...page(pageFiles['/audit'], 'audit.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/system',
    validateSearch: readSystemSearch,
    ...page(pageFiles['/system'], 'system.read'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/switchboard',
    ...page(pageFiles['/switchboard'], 'shops.read'),
  }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
