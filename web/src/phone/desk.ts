import type { useStation } from '../scan/use-station.ts'

/** The bench and queue of this device, as every page of the phone is given them. */
export type Desk = ReturnType<typeof useStation>

export interface PageProps {
  readonly desk: Desk
}
