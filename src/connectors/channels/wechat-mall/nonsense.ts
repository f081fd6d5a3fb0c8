import { ownFailures } from '../../../kit/nonsense.ts'

export const { strange, refused, alreadyDone, readAs } = ownFailures('wechat-mall')
