import { ownFailures } from '../../../kit/nonsense.ts'

export const { strange, refused, notFound, readAs } = ownFailures('jd')
