import type { ChannelAid } from '../channel-aid.ts'

/** It takes no orders, so there is nothing of one to know. */
export const aid: ChannelAid = {}
