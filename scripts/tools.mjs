// The programs some tests look through: a browser, Chinese fonts, and what turns a PDF into a picture and reads its barcodes.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { runQuietly } from './prepare.mjs'
import { say } from './say.mjs'

const packages = {
  chromium: () => findBrowser() !== null,
  'fonts-noto-cjk': () => hasChineseFont(),
  'poppler-utils': () => isOnPath('pdftoppm'),
  'zbar-tools': () => isOnPath('zbarimg'),
}

/** Chromium's path, or null. `CHROMIUM_PATH` goes before what is found. */
export function findBrowser() {
  const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const place = places.find((name) => name && existsSync(name))
  if (place) return place
  const found = ['chromium', 'chromium-browser', 'google-chrome'].find(isOnPath)
  return found === undefined ? null : spawnSync('which', [found], { encoding: 'utf8' }).stdout.trim()
}

/** Installs what is missing where that is allowed (root on Debian or its kin); gives the names of what is missing still. */
export async function ensureTools() {
  const missing = listMissing()
  if (missing.length === 0) return []
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    say(
      `缺少 ${missing.join('、')}，相应的测试会跳过。装法：sudo apt-get install ${missing.join(' ')}`,
      'missing tools; their tests are skipped',
    )
    return missing
  }
  say(`正在安装测试要用的 ${missing.join('、')}`, 'installing what the tests look through')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const { code, output } = await runQuietly('apt-get', args, { env })
    if (code !== 0) {
      process.stderr.write(output)
      say('没有装成，相应的测试会跳过', 'could not be installed; their tests are skipped')
      break
    }
  }
  return listMissing()
}

const listMissing = () => Object.keys(packages).filter((name) => !packages[name]())

function isOnPath(program) {
  return !spawnSync(program, ['--version'], { stdio: 'ignore' }).error
}

function hasChineseFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true
  return spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim().length > 0
}
