import type { Instant } from '../time/instant.ts'
import type { AuthorisationState } from './authorisation.ts'

export interface ShopFacts {
  readonly mode: 'api' | 'file'
  readonly isPaused: boolean
  /** False: its channel is told of parcels and has no orders of its own. */
  readonly takesOrders: boolean
  /** Why it stopped, in words; null when it did not. */
  readonly stoppedBecause: string | null
  readonly beganAt: Instant | null
  readonly readToAt: Instant | null
  readonly authorisation: AuthorisationState
  readonly expiresAt: Instant | null
}

export type ShopState = 'new' | 'good' | 'late' | 'expiring' | 'stopped' | 'paused' | 'files'

const lateAfterMs = 10 * 60_000
const dayMs = 24 * 3_600_000

/** 店铺状态 with its words; the worst comes first. */
export function shopState(facts: ShopFacts, now: Instant): { readonly state: ShopState; readonly words: string } {
  if (facts.mode === 'file') return { state: 'files', words: '文件模式' }
  if (facts.isPaused) return { state: 'paused', words: '已暂停' }
  if (facts.stoppedBecause !== null) return { state: 'stopped', words: `已停：${facts.stoppedBecause}` }
  if (facts.beganAt === null || facts.readToAt === null) return { state: 'new', words: '未完成连接' }
  const behind = facts.takesOrders ? now - facts.readToAt : 0
  if (behind > lateAfterMs) return { state: 'late', words: `抓单延迟 ${durationWords(behind)}` }
  if (facts.authorisation === 'expiring' && facts.expiresAt !== null) {
    return { state: 'expiring', words: `授权 ${Math.max(1, Math.ceil((facts.expiresAt - now) / dayMs))} 天后到期` }
  }
  return { state: 'good', words: '正常' }
}

function durationWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 120) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`
}
