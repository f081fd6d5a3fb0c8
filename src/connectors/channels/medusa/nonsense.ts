import { ownFailures } from '../../../kit/nonsense.ts'
import { manifest } from './manifest.ts'

export const { strange, refused, notFound, alreadyDone } = ownFailures(manifest.id)
