import type { Asked } from './http.ts'

/** The fields of a form. Bytes that came as a file are apart: platforms do not sign them. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, Buffer>
}

/** Reads a body of application/x-www-form-urlencoded or multipart/form-data; any other has no fields. A later field wins. */
export function readForm(asked: Asked): Form {
  const type = String(asked.headers['content-type'] ?? '')
  if (type.startsWith('multipart/form-data')) return readMultipart(asked.body, type)
  if (!type.startsWith('application/x-www-form-urlencoded')) return { fields: new Map(), files: new Map() }
  return { fields: new Map(new URLSearchParams(asked.body.toString('utf8'))), files: new Map() }
}

function readMultipart(body: Buffer, type: string): Form {
  const fields = new Map<string, string>()
  const files = new Map<string, Buffer>()
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  if (boundary === undefined) return { fields, files }

  for (const part of partsOf(body, Buffer.from(`--${boundary}`))) {
    const gap = part.indexOf('\r\n\r\n')
    if (gap < 0) continue
    const head = part.subarray(0, gap).toString('utf8')
    const content = part.subarray(gap + 4)
    const name = /name="([^"]*)"/.exec(head)?.[1]
    if (name === undefined) continue
    if (/filename="/.test(head)) files.set(name, content)
    else fields.set(name, content.toString('utf8'))
  }
  return { fields, files }
}

/** What stands between the boundaries, without the line ends that belong to them. */
function partsOf(body: Buffer, boundary: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let from = body.indexOf(boundary)
  while (from >= 0) {
    const start = from + boundary.length + 2
    const next = body.indexOf(boundary, start)
    if (next < 0) break
    parts.push(body.subarray(start, next - 2))
    from = next
  }
  return parts
}
