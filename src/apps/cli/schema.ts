import { channelOrderSchema } from '../../core/channel/shapes.ts'
import { answerInJson, oneOf } from './answer.ts'

const schemas = { 'channel-order': channelOrderSchema }

/** `tongdan schema channel-order`: the order standard as a JSON Schema (订单标准). Gives the exit code. */
export function schema(args: readonly string[]): Promise<0 | 1> {
  return answerInJson(async () => schemas[oneOf('schema', Object.keys(schemas) as (keyof typeof schemas)[], args[0])]())
}
