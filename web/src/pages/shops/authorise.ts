import { useDo } from '../../query.ts'

/** Opens the platform's page on which the merchant confirms; the browser comes back to `/shops/authorised`. */
export function useAuthorise() {
  const { run, isRunning } = useDo('POST /shops/:shopId/authorisation', {
    onDone: ({ url }) => window.location.assign(url),
  })
  return { authorise: (shopId: number) => run({ shopId }), isRunning }
}
