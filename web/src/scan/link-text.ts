import { countText } from '../format.ts'
import type { uploadWords } from '../words/upload.ts'
import type { QueueState } from './queue.ts'

/** 在线, 离线 · 待上传 12, 同步中: always in sight. */
export function linkText(
  queue: QueueState,
  words: typeof uploadWords.zh.link,
): { tone: 'ok' | 'warn' | 'err' | 'info'; text: string } {
  const waiting = countText(queue.waiting.length)
  if (queue.state === 'signed-out') return { tone: 'err', text: words['signed-out'](waiting) }
  if (queue.state === 'syncing') return { tone: 'info', text: words.syncing(waiting) }
  if (queue.state === 'online') return { tone: 'ok', text: words.online }
  return { tone: 'warn', text: queue.waiting.length > 0 ? words.offline(waiting) : words.offlineIdle }
}
