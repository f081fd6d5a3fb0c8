import { channelOrderSchema } from '../../core/channel/shapes.ts'
import { answerInJson, oneOf } from './answer.ts'
import type { Command } from './command.ts'

const schemas = { 'channel-order': channelOrderSchema }
const names = Object.keys(schemas) as (keyof typeof schemas)[]

/** 订单标准, as a JSON Schema. */
export const schemaCommands: readonly Command[] = [
  {
    words: 'schema',
    usage: `<${names.join('|')}>`,
    zh: '输出订单标准的 JSON Schema',
    en: 'Prints the order standard as a JSON Schema',
    run: ([name], shell) => answerInJson(shell, async () => schemas[oneOf('schema', names, name)]()),
  },
]
