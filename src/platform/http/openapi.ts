import { z } from 'zod'
import { FailureBody, type Route } from '../../contract/route.ts'
import { type FieldMark, fieldMarks, permissions } from '../../core/access/permissions.ts'
import type { Module } from '../module.ts'

type Json = Readonly<Record<string, unknown>>

/** Where all calls lie. */
export const apiBase = '/api/v1'

/** The API as an OpenAPI 3.1 document, made from the contract alone. Source: spec.openapis.org, OpenAPI 3.1.1 [doc]. */
export function openApiDocument(modules: readonly Module[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const module of modules) {
    for (const { route } of module.routes) {
      const address = apiBase + route.path.replace(/:(\w+)/g, '{$1}')
      paths[address] = { ...paths[address], [route.method.toLowerCase()]: operationOf(module.name, route) }
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: '统单 Tongdan',
      version,
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: modules.filter((module) => module.routes.length > 0).map(({ name }) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: '接口令牌 td_…，在“接口令牌”页或用 tongdan token add 新建',
        },
      },
      schemas: { Failure: schemaOf(FailureBody, 'output') },
    },
  }
}

const introduction = `统单的全部接口；页面用的也是这些。

- 令牌：\`Authorization: Bearer td_…\`。页面用会话 Cookie，写操作另带 \`X-CSRF-Token\`。
- 写操作可带 \`Idempotency-Key\`（1 到 200 个字符）：24 小时内同键同内容只做一次，答复相同。
- 出错时答复 \`Failure\`：\`code\` 固定不变，\`retry\` 是下一步：never 要先改、later 稍后再试、after-authorising 先重新授权、after-checking 可能已执行，先核对。
- 金额是整数“分”；标 \`x-right\` 的字段没有该权限时为 null（个人信息）或不出现（成本）。`

function operationOf(module: string, route: Route): Json {
  const input = schemaOf(route.input, 'input')
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const isInQuery = route.method === 'GET' || route.takes === 'bytes'
  const body = isInQuery ? bytesBody(route) : jsonBody(input, inPath)
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:](\w)(\w*)/g, (_, first: string, rest: string) => first.toUpperCase() + rest).replace(/\W/g, '')}`,
    tags: [module],
    summary: route.zh,
    ...(rightOf(route) && { description: rightOf(route) }),
    ...(route.permission !== 'open' && route.permission !== 'signed-in' && { 'x-permission': route.permission }),
    security: route.permission === 'open' ? [] : [{ token: [] }],
    parameters: parametersOf(input, inPath, isInQuery),
    ...(body && { requestBody: body }),
    responses: {
      200: success(route),
      default: {
        description: '失败',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    },
  }
}

function rightOf({ permission }: Route): string {
  if (permission === 'open') return ''
  return permission === 'signed-in'
    ? '员工本人登录后可用，令牌不行。'
    : `需要权限：${permissions[permission]}（${permission}）。`
}

function success(route: Route): Json {
  const content =
    route.answers === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(route.output, 'output') } }
  return { description: '成功', content }
}

const bytesBody = (route: Route): Json | null =>
  route.takes === 'bytes'
    ? { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : null

function jsonBody(input: Json, inPath: readonly string[]): Json | null {
  const { properties, required, ...rest } = input as { properties?: Json; required?: readonly string[] }
  if (!properties) return Object.keys(input).length > 0 ? { content: { 'application/json': { schema: input } } } : null
  const left = Object.entries(properties).filter(([name]) => !inPath.includes(name))
  if (left.length === 0) return null
  const needed = (required ?? []).filter((name) => !inPath.includes(name))
  const schema = { ...rest, properties: Object.fromEntries(left), ...(needed.length > 0 && { required: needed }) }
  return { required: needed.length > 0, content: { 'application/json': { schema } } }
}

function parametersOf(input: Json, inPath: readonly string[], isInQuery: boolean): Json[] {
  const properties = (input.properties ?? {}) as Readonly<Record<string, Json>>
  const required = (input.required ?? []) as readonly string[]
  const path = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
  }))
  if (!isInQuery) return path
  const query = Object.entries(properties)
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
  return [...path, ...query]
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Each schema stands alone in the document, so what refers to itself must do so in place.
    reused: 'inline',
    override: ({ jsonSchema }) => nameTheRight(jsonSchema),
  })
  return described
}

/** A marked field tells which right lets it through. */
function nameTheRight(described: { [key: string]: unknown }): void {
  const mark = described.mark as FieldMark | undefined
  if (mark === undefined) return
  delete described.mark
  described['x-right'] = fieldMarks[mark]
}
