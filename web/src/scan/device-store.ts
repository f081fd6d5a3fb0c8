import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import type { Refusal, ScanDeed } from './deeds.ts'
import type { DeedStore } from './queue.ts'

/** Parcels known on this device, so that checking goes on without network. Names, phones and notes of buyers are not among what is kept. */
export interface ParcelStore {
  readonly parcels: () => Promise<ParcelRow[]>
  readonly keepParcels: (parcels: readonly ParcelRow[]) => Promise<void>
}

export type DeviceStore = DeedStore & ParcelStore & { readonly forgetAll: () => Promise<void> }

const shelves = { deeds: 'key', refusals: 'key', parcels: 'id' } as const
type Shelf = keyof typeof shelves

/** The device's own database; where a browser refuses one, a memory that lasts as long as the page. */
export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const db = await openShelves(name).catch(() => null)
  return db === null ? inMemory() : onShelves(db)
}

function onShelves(db: IDBDatabase): DeviceStore {
  const all = async <T>(shelf: Shelf): Promise<T[]> => {
    const read = db.transaction(shelf).objectStore(shelf).getAll()
    return (await answered(read)) as T[]
  }
  const change = (shelf: Shelf, act: (store: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const work = db.transaction(shelf, 'readwrite')
      work.oncomplete = () => resolve()
      work.onerror = () => reject(work.error)
      work.onabort = () => reject(work.error)
      act(work.objectStore(shelf))
    })
  return {
    deeds: () => all<ScanDeed>('deeds'),
    addDeed: (deed) => change('deeds', (store) => store.put(deed)),
    removeDeeds: (keys) =>
      change('deeds', (store) => {
        for (const key of keys) store.delete(key)
      }),
    refusals: () => all<Refusal>('refusals'),
    addRefusal: (refusal) => change('refusals', (store) => store.put(refusal)),
    removeRefusal: (key) => change('refusals', (store) => store.delete(key)),
    parcels: () => all<ParcelRow>('parcels'),
    keepParcels: (parcels) =>
      change('parcels', (store) => {
        store.clear()
        for (const parcel of parcels) store.put(withoutBuyer(parcel))
      }),
    forgetAll: async () => {
      for (const shelf of Object.keys(shelves) as Shelf[]) await change(shelf, (store) => store.clear())
    },
  }
}

/** What a packer needs without network is goods and numbers. */
const withoutBuyer = (parcel: ParcelRow): ParcelRow => ({ ...parcel, receiver: null, note: null })

function inMemory(): DeviceStore {
  const deeds = new Map<string, ScanDeed>()
  const refusals = new Map<string, Refusal>()
  let parcels: ParcelRow[] = []
  return {
    deeds: async () => [...deeds.values()],
    addDeed: async (deed) => void deeds.set(deed.key, deed),
    removeDeeds: async (keys) => {
      for (const key of keys) deeds.delete(key)
    },
    refusals: async () => [...refusals.values()],
    addRefusal: async (refusal) => void refusals.set(refusal.key, refusal),
    removeRefusal: async (key) => void refusals.delete(key),
    parcels: async () => parcels,
    keepParcels: async (all) => {
      parcels = all.map(withoutBuyer)
    },
    forgetAll: async () => {
      deeds.clear()
      refusals.clear()
      parcels = []
    },
  }
}

function openShelves(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(name, 1)
    open.onupgradeneeded = () => {
      for (const [shelf, keyPath] of Object.entries(shelves)) open.result.createObjectStore(shelf, { keyPath })
    }
    open.onsuccess = () => resolve(open.result)
    open.onerror = () => reject(open.error)
  })
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
