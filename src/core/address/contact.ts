import { phoneText, readPhone } from './phone.ts'

/** Marks in place of what was taken out; nothing a merchant types. */
export const phoneMark = '\u0001'
export const nameMark = '\u0002'
export const fieldMark = '\u0003'
const phoneLabelMark = '\u0004'

const nameLabels = '收件人姓名|收货人姓名|收件人|收货人|联系人|姓名|客户姓名|买家姓名'
const phoneLabels = '收件人电话|收货人电话|收货人手机|收件人手机|联系电话|联系方式|手机号码|手机号|电话号码|手机|电话'
const addressLabels =
  '寄到|送到|收货地址|收件地址|收件人地址|收货人地址|详细地址|所在地区|所在区域|所在省市|省市区|街道地址|地址|地区'
const colon = '\\s*[:：]\\s*'
const breakBefore = '(^|[\\s,，;；。|、\\u0001-\\u0004])'

const labels: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`[【[](${nameLabels}|${phoneLabels}|${addressLabels})[】\\]]\\s*[:：]?`, 'g'), '\n$1：'],
  [/[(（]([^\s()（）]{1,8}?)(?:亲收|收)[)）]/g, `${nameMark}$1${fieldMark}`],
  [/^\s*(?:寄给|发给)/g, nameMark],
  [new RegExp(`${breakBefore}(?:${nameLabels})(?:${colon}|\\s+)`, 'g'), `$1${nameMark}`],
  [
    new RegExp(`${breakBefore}(?:收件人|收货人)(?=[\\u4e00-\\u9fff]{2,4}(?:[\\s,，;；]|1[3-9]\\d))`, 'g'),
    `$1${nameMark}`,
  ],
  [new RegExp(`${breakBefore}(?:${phoneLabels})(?:${colon}|\\s*)(?=[+(（\\d])`, 'g'), `$1${phoneLabelMark}`],
  [new RegExp(`${breakBefore}(?:${addressLabels})(?:${colon}|\\s+)`, 'g'), `$1${fieldMark}`],
  [new RegExp(`${breakBefore}(?:收货地址|收件地址|详细地址|地址)(?=[\\u4e00-\\u9fff]{2,})`, 'g'), `$1${fieldMark}`],
  [new RegExp(`${breakBefore}(?:邮政编码|邮编)${colon}?\\d{6}(?!\\d)`, 'g'), `$1${fieldMark}`],
  [/[(（]\d{6}[)）]\s*$/g, ''],
  [/[\s,，]\d{6}\s*$/g, ''],
]

const phones: readonly RegExp[] = [
  /(?<![\d*])(?:\+?86[-\s]?|0086[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?:\s?(?:-|转|#|,(?=\d{3,4}(?:\D|$))|分机号?:?)\s?\d{1,6})?(?![\d*])/,
  /(?<![\d*])1[3-9]\d\*{4,}\d{4}(?:-\d{1,6})?(?![\d*])/,
  /(?<![\d*+])(?:\+|00)(?:852|853|886)[-\s]?\d[\d\s-]{6,11}\d(?!\d)/,
  /(?<![\d*])(?:852|853)[-\s]?\d{4}[-\s]?\d{4}(?!\d)/,
  /(?<![\d*-])[(（]?(?:\+?86[-\s]?)?0(?:10|2\d|[3-9]\d{2})[)）]?[-\s]?[2-9]\d{2,3}[-\s]?\d{4}(?:\s?(?:-|转|#|分机号?:?)\s?\d{1,6})?(?![\d*])/,
  /(?<![\d*])09\d{2}-?\d{3}-?\d{3}(?!\d)/,
  /(?<![\d*-])[48]00-?\d{3}-?\d{4}(?!\d)/,
]
const localPhone = /(?<![\d*-])[2-9]\d{3}[-\s]?\d{4}(?![\d号弄室栋楼])/

/** Labels (收件人：, 手机号码：, 详细地址：) become marks, post codes go away. */
export function withoutLabels(text: string): string {
  return labels.reduce((rest, [label, mark]) => rest.replace(label, mark), text)
}

/** Takes the first telephone number out of the text; mobiles before landlines. Eight local digits count only in Hong Kong and Macau. */
export function takePhone(text: string): { readonly phone: string; readonly rest: string } {
  const labelled = text.indexOf(phoneLabelMark)
  const plain = text.replaceAll(phoneLabelMark, fieldMark)
  return numberIn(plain) ?? (labelled < 0 ? null : labelledPhone(plain, labelled + 1)) ?? { phone: '', rest: plain }
}

/** What is labelled as a telephone is one, even if it cannot be right: whoever reviews the address must see it. */
function labelledPhone(text: string, at: number): { phone: string; rest: string } {
  const found = /^[+\d()*\- ]+/.exec(text.slice(at))?.[0] ?? ''
  return { phone: found.trim(), rest: `${text.slice(0, at)}${phoneMark}${text.slice(at + found.length)}` }
}

function numberIn(text: string): { phone: string; rest: string } | null {
  const patterns = /香港|澳门/.test(text) ? [...phones, localPhone] : phones
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (match === null) continue
    const [found] = match
    const read = readPhone(found.replace(/[（]/g, '(').replace(/[）]/g, ')'))
    const isLocal = pattern === localPhone
    if (read === null && !isLocal && !found.includes('*')) continue
    const rest = `${text.slice(0, match.index)}${phoneMark}${text.slice(match.index + found.length)}`
    return { phone: read ? phoneText(read) : found.replace(/\s/g, ''), rest }
  }
  return null
}

/** Endings no name has, and endings a name may have when a common surname begins it (王志城). */
const houseEnd =
  /(?:[省市区县旗镇乡村路街巷弄号楼栋幢座室层户组厦店铺库厂场站驿]|街道|胡同|大道|单元|公寓|小区|花园|中心|基地|学校|医院|公司|家园|广场|[A-Za-z]?\d+)$/
export const placeEnd = /[队园苑城院港湾里坊庄寨屯营桥门口]$/
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季成霍苗裴'
const title = /(?:先生|女士|小姐|老师|同学|阿姨|师傅|老板|经理|总|哥|姐)$/
const extensionMark = /[[【]\d{2,6}[\]】]$/
const han = '\\u3400-\\u9fff\\u{20000}-\\u{3ffff}'
const hanName = new RegExp(`^[${han}]{2,4}$`, 'u')
const dottedName = new RegExp(`^[${han}]{1,10}(?:[·•.][${han}]{1,10})+$`, 'u')
const starredName = new RegExp(`^[${han}A-Za-z]?\\*{1,6}[${han}A-Za-z]?$`, 'u')
const latinName = /^[A-Za-z][A-Za-z'. -]{1,30}$/

/** Whether a token may be a person's name: two to four characters, a dotted or a Latin name, one with a title or stars. Never one that ends like a house. */
export function isLikeName(token: string): boolean {
  const plain = token.replace(extensionMark, '')
  if (dottedName.test(plain) || starredName.test(plain) || latinName.test(plain)) return true
  if (title.test(plain) && plain.length <= 6 && plain.length > 1) return true
  if (!hanName.test(plain) || houseEnd.test(plain)) return false
  return !placeEnd.test(plain) || (startsWithSurname(plain) && plain.length <= 3)
}

/** Whether the token is a name by itself, without a telephone number beside it. */
export function isSurelyName(token: string): boolean {
  const plain = token.replace(extensionMark, '')
  if (title.test(plain) || dottedName.test(plain)) return isLikeName(token)
  return isLikeName(token) && startsWithSurname(plain) && plain.length <= 3
}

function startsWithSurname(text: string): boolean {
  return (
    surnames.includes(text[0] ?? ' ') || /^(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|司徒|令狐|端木)/.test(text)
  )
}

/** The name without the word behind it that says who gets the parcel (林晓禾 收). A virtual number's mark (林晓禾[1234]) belongs on the label and stays. */
export function cleanName(text: string): string {
  return text.replace(/\s*[(（]?(?:收|亲收)[)）]?$/, '').trim()
}
