import type { zh } from '../zh/upload.ts'

export const en: typeof zh = {
  link: {
    online: 'Online',
    offline: (n) => `Offline · ${n} to upload`,
    offlineIdle: 'Offline',
    syncing: (n) => `Uploading · ${n} left`,
    'signed-out': (n) => `Signed out · ${n} to upload`,
    known: (n) => `${n} parcels to check are on this device; they can be checked without network`,
  },
  refusals: {
    title: 'The server did not accept these scans',
    stop: (parcelNo) => `Parcel ${parcelNo} was refunded and must not leave; take it back from the pile`,
    one: (parcelNo, words) => `Parcel ${parcelNo}: ${words}`,
    read: 'Understood',
  },
}
