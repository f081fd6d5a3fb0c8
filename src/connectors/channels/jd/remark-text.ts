/** Who wrote a remark and when, as the platform appends it: `【客服小禾 2025.10.16 21:30:00】`. Source: jd.md 12. */
const stamp = /【[^【】]*\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}:\d{2}:\d{2}】\s*$/

/** The remark as it was written. */
export function withoutStamp(remark: string): string {
  return remark.replace(stamp, '').trim()
}
