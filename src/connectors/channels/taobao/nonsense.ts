import { ownFailures } from '../../../kit/nonsense.ts'

export const { strange, readAs } = ownFailures('taobao')
