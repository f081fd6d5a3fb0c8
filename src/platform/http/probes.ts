import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../../core/failures.ts'
import type { HealthWatch } from '../health.ts'
import type { Metrics } from '../metrics.ts'
import { permissionWords } from './failure-reply.ts'
import { type Gate, identify } from './gate.ts'

export interface ProbeDesk {
  readonly health: HealthWatch
  readonly metrics: Metrics
  readonly gate: Gate
  readonly cookie: string
}

/**
 * `/healthz`: 200 once orders can be taken in, else 503. `/readyz`: the same, and 503 while stopping. `/metrics`: for callers on this
 * machine, and from elsewhere with the right to see the system.
 */
export function serveProbes(app: FastifyInstance, { health, metrics, gate, cookie }: ProbeDesk): void {
  app.get('/healthz', async (_, reply) => {
    const state = await health.check()
    return reply.code(state.isHealthy ? 200 : 503).send(state)
  })
  app.get('/readyz', async (_, reply) => {
    const state = await health.check()
    return reply.code(state.isHealthy && state.isOpen ? 200 : 503).send(state)
  })
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request)) {
      const { caller } = await identify(gate, request, cookie)
      if (caller === null) throw new Failure('SIGN_IN_NEEDED')
      if (!caller.actor.permissions.has('system.read'))
        throw new Failure('PERMISSION_NEEDED', { permission: permissionWords('system.read') })
    }
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}

/** From this machine itself, not passed on by a proxy that runs on it. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? ''
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address)
  return isLoopback && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}
