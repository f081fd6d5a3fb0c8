import { z } from 'zod'

/** Keywords of JSON Schema 2020-12 that a schema of ours may use, and extensions. Source: json-schema.org, draft 2020-12 [doc]. */
const keywords = new Set(
  'type properties required additionalProperties items prefixItems enum const anyOf oneOf allOf not minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format minItems maxItems uniqueItems title description default propertyNames $ref $defs readOnly'.split(
    ' ',
  ),
)

const types = z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])

/** A schema: only known keywords, and parts that are schemas themselves. */
const SchemaShape: z.ZodType<Record<string, unknown>> = z.lazy(() =>
  z
    .looseObject({
      type: z.union([types, z.array(types)]).optional(),
      properties: z.record(z.string(), SchemaShape).optional(),
      items: z.union([SchemaShape, z.boolean()]).optional(),
      prefixItems: z.array(SchemaShape).optional(),
      anyOf: z.array(SchemaShape).min(1).optional(),
      oneOf: z.array(SchemaShape).min(1).optional(),
      allOf: z.array(SchemaShape).min(1).optional(),
      additionalProperties: z.union([SchemaShape, z.boolean()]).optional(),
      required: z.array(z.string()).optional(),
      enum: z.array(z.unknown()).min(1).optional(),
    })
    .refine(
      (schema) => Object.keys(schema).every((key) => keywords.has(key) || key.startsWith('x-')),
      'a keyword that JSON Schema does not know',
    ),
)

const Content = z.record(z.string().regex(/^[\w-]+\/[\w.+-]+$/), z.strictObject({ schema: SchemaShape }))
const Response = z.strictObject({ description: z.string().min(1), content: Content.optional() })

const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z]\w+$/),
  tags: z.array(z.string()),
  summary: z.string().regex(/\p{Script=Han}/u),
  description: z.string().optional(),
  'x-permission': z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.strictObject({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: SchemaShape }),
  ),
  requestBody: z.strictObject({ required: z.boolean().optional(), content: Content }).optional(),
  responses: z.record(z.string().regex(/^(\d{3}|default)$/), Response),
})

/** An OpenAPI 3.1 document as ours is made: strict, so that anything it should not hold is found. Source: spec.openapis.org 3.1.1 [doc]. */
export const DocumentShape = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().regex(/^\/[^?:]+$/),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('http'), scheme: z.literal('bearer') })),
    schemas: z.record(z.string(), SchemaShape),
  }),
})
export type OpenApiDocument = z.output<typeof DocumentShape>
