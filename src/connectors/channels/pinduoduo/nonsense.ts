import { ownFailures } from '../../../kit/nonsense.ts'

export const { strange, refused, readAs } = ownFailures('pinduoduo')
