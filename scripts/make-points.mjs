/**
 * Builds src/core/address/points.json, where each city's government sits, to two decimals. Run it after make-regions.mjs:
 *
 *   npm install --no-save echarts@4.9.0 && node scripts/make-points.mjs
 *
 * Result: { source, provinces: { "河北省": "石家庄市 38.05 114.50;唐山市 …" } }, latitude first.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const find = createRequire(import.meta.url)
const maps = join(dirname(find.resolve('echarts/package.json')), 'map/json/province')
const regions = JSON.parse(readFileSync(new URL('../src/core/address/regions.json', import.meta.url), 'utf8'))

/** What the maps lack: municipalities, Hong Kong, Macau, Taiwan and cities founded since. Two cities stay without: 新星市, 白杨市. */
const byHand = {
  北京市: [39.9, 116.41],
  天津市: [39.13, 117.2],
  上海市: [31.23, 121.47],
  重庆市: [29.56, 106.55],
  那曲市: [31.48, 92.06],
  哈密市: [42.82, 93.51],
  昆玉市: [37.21, 79.29],
  胡杨河市: [44.69, 84.83],
  台北市: [25.04, 121.56],
  新北市: [25.01, 121.46],
  桃园市: [24.99, 121.3],
  台中市: [24.14, 120.68],
  台南市: [22.99, 120.21],
  高雄市: [22.63, 120.3],
  基隆市: [25.13, 121.74],
  新竹市: [24.8, 120.97],
  嘉义市: [23.48, 120.45],
  新竹县: [24.83, 121.01],
  苗栗县: [24.56, 120.82],
  彰化县: [24.08, 120.54],
  南投县: [23.91, 120.68],
  云林县: [23.71, 120.54],
  嘉义县: [23.46, 120.29],
  屏东县: [22.67, 120.49],
  宜兰县: [24.76, 121.75],
  花莲县: [23.99, 121.6],
  台东县: [22.76, 121.14],
  澎湖县: [23.57, 119.58],
  香港岛: [22.27, 114.17],
  九龙: [22.32, 114.18],
  新界: [22.38, 114.12],
  澳门半岛: [22.2, 113.54],
  澳门外岛: [22.14, 113.56],
}

const points = new Map()
for (const file of readdirSync(maps)) {
  for (const { properties } of JSON.parse(readFileSync(join(maps, file), 'utf8')).features) {
    if (properties.cp) points.set(properties.name, [properties.cp[1], properties.cp[0]])
  }
}
for (const [name, point] of Object.entries(byHand)) points.set(name, point)

const provinces = {}
for (const [key, cities] of Object.entries(regions.provinces)) {
  const names = Object.keys(cities).map((city) => city.replace(/^\d+/, ''))
  const known = names.filter((name) => points.has(name))
  for (const name of names) if (!points.has(name)) console.log(`no point: ${name}`)
  provinces[key.replace(/^\d+/, '')] = known
    .map((name) => [name, ...points.get(name).map((degrees) => degrees.toFixed(2))].join(' '))
    .join(';')
}
const { version } = find('echarts/package.json')
const out = new URL('../src/core/address/points.json', import.meta.url)
writeFileSync(out, `${JSON.stringify({ source: `echarts@${version}`, provinces }, null, 2)}\n`)
