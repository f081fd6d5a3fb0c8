import { z } from 'zod'

/** What a person is called. 系统 is the product's own name in histories, where a person must not be taken for it. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((name) => name !== '系统', '“系统”是程序自己的名字，请换一个')
  .meta({ title: '姓名' })
