import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `vite build web` builds both entries into web/dist; `vite web` serves them while developing and passes calls on to the product.
const product = 'http://127.0.0.1:4180'

/**
 * What is always wanted together comes as one file, so that a first visit asks for few. The sign-in gets by with the first two; the
 * phone takes the first and the third; lists take all. What is loaded on a click (palette, dialogs) is cut out by the bundler itself.
 */
const groups = [
  {
    name: 'base',
    priority: 6,
    test: /preload-helper|[\\/]node_modules[\\/]react[\\/]|[\\/]src[\\/]core[\\/]review[\\/]findings[.]ts$|[\\/]web[\\/]src[\\/](api|format|keep|looks|now|parts[\\/]icon|session|words[\\/](language|boot|(zh|en)[\\/]boot))[.]tsx?$/,
  },
  { name: 'begin', priority: 6, test: /[\\/]web[\\/]src[\\/](begin|pages[\\/]addresses)[.]ts$/ },
  { name: 'dom', priority: 5, test: /[\\/]node_modules[\\/](react-dom|scheduler)[\\/]/ },
  {
    name: 'list',
    priority: 2,
    test: /[\\/]@tanstack[\\/](react-table|table-core|react-virtual|virtual-core)[\\/]|[\\/]parts[\\/](grid[\\/]|list|chips|split|search-box|pick-many)/,
  },
  {
    name: 'orders',
    priority: 1,
    test: /[\\/]pages[\\/]orders[\\/](cells|columns|deed-keys|deeds|details|do-deed|export-button|nothing-yet|order-body|order-filters|order-list|orders-page|receiver|review-empty|sections)[.]tsx?$|[\\/]words[\\/]((zh|en)[\\/])?orders[.]ts$/,
  },
  {
    name: 'desk',
    priority: 3,
    test: /[\\/]@tanstack[\\/](?!react-table|table-core|react-virtual|virtual-core)|[\\/]node_modules[\\/]tinykeys|[\\/]web[\\/]src[\\/](desk[.]tsx|frame[\\/](?!palette)|parts[\\/](?!grid[\\/]|list|chips|split|search-box|pick-many)|query|live|width|search|seen|words[\\/](told|((zh|en)[\\/])?(frame|parts))[.]|pages[\\/].*search[.]ts$|pages[\\/]orders[\\/]shops)|[\\/]src[\\/]core[\\/]/,
  },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 1_000,
    // Browsers that do not know the hint load the same files a moment later.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups } },
      input: { index: `${import.meta.dirname}/index.html`, m: `${import.meta.dirname}/m.html` },
      // Libraries mark files "use client"; that is no warning for a page without a server part.
      onLog: (level, log, say) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level, log)
      },
    },
  },
  server: {
    port: 4190,
    strictPort: true,
    proxy: { '/api': product, '/live': product },
  },
})
