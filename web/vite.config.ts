import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `vite build web` builds both entries into web/dist; `vite web` serves them while developing and passes calls on to the product.
const product = 'http://127.0.0.1:4180'

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
      input: { index: `${import.meta.dirname}/index.html`, m: `${import.meta.dirname}/m.html` },
      // antd marks hundreds of files "use client"; that is no warning for a page without a server part.
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
