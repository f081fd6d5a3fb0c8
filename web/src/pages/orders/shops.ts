import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'

export interface ShopName {
  readonly id: number
  readonly channel: string
  readonly mark: string
  readonly name: string
}

const none: readonly ShopName[] = []

/** The shops by name, for everybody. The frame keeps this read fresh for its state of the shops. */
export function useShops(): readonly ShopName[] {
  const may = useMay()
  return useRead('GET /home', {}, { enabled: may('home.see') }).data?.shopNames ?? none
}
