import { describe, expect, test } from 'vitest'
import { allModules } from '../../src/apps/modules.ts'
import { openApiDocument } from '../../src/platform/http/openapi.ts'
import { DocumentShape, type OpenApiDocument } from '../aid/openapi-shape.ts'

const modules = allModules()
const document: OpenApiDocument = DocumentShape.parse(JSON.parse(JSON.stringify(openApiDocument(modules, '0.0.1'))))
const operations = Object.entries(document.paths).flatMap(([address, methods]) =>
  Object.values(methods).map((operation) => ({ address, operation: operation! })),
)

describe('the API document of the whole product', () => {
  test('describes every route once, under a name of its own', () => {
    expect(operations.length).toBe(modules.flatMap((module) => module.routes).length)
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
    const tags = document.tags.map(({ name }) => name)
    expect(operations.every(({ operation }) => operation.tags.every((tag) => tags.includes(tag)))).toBe(true)
  })

  test('has exactly the parameters that its addresses name', () => {
    for (const { address, operation } of operations) {
      const named = [...address.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(
        inPath.map(({ name }) => name),
        address,
      ).toEqual(named)
      expect(
        inPath.every(({ required }) => required),
        address,
      ).toBe(true)
    }
  })

  test('refers only to what is in it, and names the rights of personal and cost fields', () => {
    const text = JSON.stringify(document)
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1])
    expect(refs.every((ref) => ref === '#/components/schemas/Failure')).toBe(true)
    expect(refs.length).toBe(operations.length)
    const rights = new Set([...text.matchAll(/"x-right":"([\w.]+)"/g)].map((match) => match[1]))
    expect(rights).toEqual(new Set(['personal.see', 'costs.see']))
    expect(/"mark":"/.test(text)).toBe(false)
  })
})
