import type { AnyChannel } from '../kit/channel.ts'
import { generic } from './channels/generic/index.ts'
import { taobao } from './channels/taobao/index.ts'

/** Every channel the product knows (渠道), one line each. Nothing else names one. */
export const channels: readonly AnyChannel[] = [taobao, generic]
