import type { Simulator, StartSimulator } from '../../simulators/simulator.ts'

/** Starts the simulator of a channel, found by the name of its folder. */
export function startOf(id: string): StartSimulator {
  return async (options): Promise<Simulator> => {
    const { start } = (await import(`../../simulators/channels/${id}/index.ts`)) as { readonly start: StartSimulator }
    return start(options)
  }
}
