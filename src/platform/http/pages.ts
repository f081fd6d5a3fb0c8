import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../../core/failures.ts'

const yearSeconds = 365 * 24 * 3_600

/**
 * The built page: hashed files for ever, everything else asked for anew each time. Any address that is not a file or a call gets the
 * page itself, which finds its way by the address: the phone entry for `/m…`, the desk entry for the rest.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(path.join(folder, 'index.html'))
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        const isHashed = file.includes(`${path.sep}assets${path.sep}`)
        reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPageAddress(request)) throw new Failure('ROUTE_NOT_FOUND')
    if (!isBuilt) return notBuilt(reply)
    return reply.sendFile(entryOf(request.url, folder))
  })
}

const notPages = /^\/(api|hooks|live|healthz|readyz|metrics)([/?]|$)/

/** A file that is not there is not a page: a browser must not take HTML for a script. */
function isPageAddress({ method, url }: FastifyRequest): boolean {
  const address = url.split('?')[0] ?? ''
  const isFile = /\.[a-z0-9]{1,8}$/i.test(address) || address.startsWith('/assets/')
  return (method === 'GET' || method === 'HEAD') && !notPages.test(url) && !isFile
}

function entryOf(url: string, folder: string): string {
  const isPhone = /^\/m([/?]|$)/.test(url)
  return isPhone && existsSync(path.join(folder, 'm.html')) ? 'm.html' : 'index.html'
}

const notBuilt = (reply: FastifyReply) =>
  reply
    .code(503)
    .type('text/plain; charset=utf-8')
    .send('页面还没有构建，请先运行 npm run build\nThe page is not built yet; run npm run build first.\n')
