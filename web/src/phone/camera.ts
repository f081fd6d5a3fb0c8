import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'

export interface Reader {
  readonly read: (picture: HTMLVideoElement) => Promise<string | null>
}

interface Detector {
  readonly detect: (picture: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>
}
type DetectorClass = new (options: { formats: string[] }) => Detector

const formats = ['code_128', 'ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_39', 'itf', 'qr_code', 'data_matrix']

/** The device's own reader of codes where it has one; else ours, whose decoder lies among our own files. */
export async function openReader(): Promise<Reader> {
  const detector = (await ownReader()) ?? (await ourReader())
  return { read: async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null }
}

async function ownReader(): Promise<Detector | null> {
  const known = (globalThis as { BarcodeDetector?: DetectorClass & { getSupportedFormats: () => Promise<string[]> } })
    .BarcodeDetector
  if (known === undefined) return null
  const supported = await known.getSupportedFormats()
  const usable = formats.filter((format) => supported.includes(format))
  return usable.includes('code_128') ? new known({ formats: usable }) : null
}

async function ourReader(): Promise<Detector> {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  prepareZXingModule({ overrides: { locateFile: () => wasmAddress } })
  type Format = NonNullable<NonNullable<ConstructorParameters<typeof BarcodeDetector>[0]>['formats']>[number]
  return new BarcodeDetector({ formats: formats as Format[] })
}
