import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * What a page of ours may load and do: its own built files and nothing from elsewhere, no inline script, no framing by others.
 * Three concessions, each for one thing: styles may be inline, because the page of the API (Swagger UI) writes its own; `wasm-unsafe-eval`
 * for the barcode reader of the phone entry; pictures from any HTTPS address, because goods' pictures lie with the platforms.
 * In the sandbox pictures may also come from the simulators on this machine.
 */
export function securityHeaders(options: {
  readonly isHttps: boolean
  readonly isSandbox: boolean
}): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:', 'https:', ...(options.isSandbox ? ['http://127.0.0.1:*'] : [])],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'media-src': ["'self'", 'blob:'],
        'worker-src': ["'self'", 'blob:'],
        // A label to print is shown in a frame of the page before it goes to the printer.
        'frame-src': ["'self'", 'blob:'],
        'frame-ancestors': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
      },
    },
    // Inside a shop the product is often reached by plain HTTP; a promise of HTTPS would lock people out.
    strictTransportSecurity: options.isHttps ? { maxAge: 180 * 24 * 3_600, includeSubDomains: false } : false,
    xFrameOptions: { action: 'sameorigin' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: options.isHttps ? { policy: 'same-origin' } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  }
}
