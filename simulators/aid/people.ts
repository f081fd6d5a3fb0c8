import type { Chance } from './random.ts'

/**
 * Somebody invented, with an address in a real place. Names of places are in the full form of GB/T 2260: a municipality is its own
 * city (北京市, 北京市), and a place that a province governs directly is a city without districts (河南省, 济源市, '').
 */
export interface Person {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  /** Begins with the town. */
  readonly address: string
}

type Place = readonly [province: string, city: string, district: string, town: string]

/** Every province, region and municipality of the mainland at least once. */
export const places: readonly Place[] = [
  ['北京市', '北京市', '朝阳区', '望京街道'],
  ['北京市', '北京市', '海淀区', '中关村街道'],
  ['天津市', '天津市', '和平区', '小白楼街道'],
  ['河北省', '石家庄市', '长安区', '育才街道'],
  ['山西省', '太原市', '小店区', '坞城街道'],
  ['内蒙古自治区', '呼和浩特市', '赛罕区', '人民路街道'],
  ['辽宁省', '沈阳市', '和平区', '南湖街道'],
  ['辽宁省', '大连市', '沙河口区', '星海湾街道'],
  ['吉林省', '长春市', '朝阳区', '红旗街道'],
  ['黑龙江省', '哈尔滨市', '南岗区', '花园街道'],
  ['上海市', '上海市', '浦东新区', '陆家嘴街道'],
  ['上海市', '上海市', '徐汇区', '湖南路街道'],
  ['江苏省', '南京市', '鼓楼区', '华侨路街道'],
  ['江苏省', '苏州市', '姑苏区', '平江街道'],
  ['浙江省', '杭州市', '西湖区', '翠苑街道'],
  ['浙江省', '嘉兴市', '南湖区', '东栅街道'],
  ['安徽省', '合肥市', '蜀山区', '三里庵街道'],
  ['福建省', '厦门市', '思明区', '嘉莲街道'],
  ['江西省', '南昌市', '青山湖区', '湖坊镇'],
  ['山东省', '青岛市', '市南区', '香港中路街道'],
  ['山东省', '济南市', '历下区', '泉城路街道'],
  ['河南省', '郑州市', '金水区', '经八路街道'],
  ['河南省', '济源市', '', '沁园街道'],
  ['湖北省', '武汉市', '武昌区', '中南路街道'],
  ['湖北省', '仙桃市', '', '沙嘴街道'],
  ['湖南省', '长沙市', '岳麓区', '望月湖街道'],
  ['广东省', '广州市', '天河区', '石牌街道'],
  ['广东省', '深圳市', '南山区', '粤海街道'],
  ['广西壮族自治区', '南宁市', '青秀区', '南湖街道'],
  ['海南省', '海口市', '龙华区', '金贸街道'],
  ['海南省', '琼海市', '', '嘉积镇'],
  ['重庆市', '重庆市', '渝北区', '龙溪街道'],
  ['四川省', '成都市', '武侯区', '望江路街道'],
  ['贵州省', '贵阳市', '南明区', '新华路街道'],
  ['云南省', '昆明市', '五华区', '华山街道'],
  ['西藏自治区', '拉萨市', '城关区', '扎细街道'],
  ['陕西省', '西安市', '雁塔区', '小寨路街道'],
  ['甘肃省', '兰州市', '城关区', '酒泉路街道'],
  ['青海省', '西宁市', '城西区', '胜利路街道'],
  ['宁夏回族自治区', '银川市', '金凤区', '长城中路街道'],
  ['新疆维吾尔自治区', '乌鲁木齐市', '天山区', '解放北路街道'],
  ['新疆维吾尔自治区', '石河子市', '', '老街街道'],
]

export const municipalities: ReadonlySet<string> = new Set(['北京市', '天津市', '上海市', '重庆市'])

/** Cities and counties that a province governs directly, without a prefecture between. */
const governedDirectly: ReadonlySet<string> = new Set(
  (
    '济源市 仙桃市 潜江市 天门市 神农架林区 五指山市 琼海市 文昌市 万宁市 东方市 定安县 屯昌县 澄迈县 临高县 白沙黎族自治县 ' +
    '昌江黎族自治县 乐东黎族自治县 陵水黎族自治县 保亭黎族苗族自治县 琼中黎族苗族自治县 石河子市 阿拉尔市 图木舒克市 ' +
    '五家渠市 北屯市 铁门关市 双河市 可克达拉市 昆玉市 胡杨河市 新星市 白杨市'
  ).split(' '),
)

/** True for 济源市 and its like: platforms leave the city out and name it in the place of the district. */
export function isGovernedDirectly(city: string): boolean {
  return governedDirectly.has(city)
}

const surnames = '林周黎邓陈许苏沈梁宋唐韩冯于董萧程曹袁傅'.split('')
const givenNames =
  '小禾,知远,青禾,若水,望舒,怀瑾,子衿,云舟,南乔,听雨,一诺,清和,景行,书瑶,明轩,思齐,晚晴,星野,采薇,嘉树'.split(',')
const roads = '梧桐,海棠,松涛,书院,映月,听泉,桂花,银杏,云栖,晓风'.split(',')
const estates = '云栖苑,春和里,望湖居,听松园,青藤小区,锦绣家园'.split(',')

/** Somebody by chance. Nobody of this name and number lives anywhere. */
export function somebody(dice: Chance): Person {
  const [province, city, district, town] = dice.pick(places)
  const door = `${dice.pick(roads)}路${dice.whole(1, 299)}号${dice.pick(estates)}${dice.whole(1, 28)}幢${dice.whole(1, 30)}0${dice.whole(1, 6)}室`
  return {
    name: dice.pick(surnames) + dice.pick(givenNames),
    phone: `138000${String(dice.whole(0, 99_999)).padStart(5, '0')}`,
    province,
    city,
    district,
    town,
    address: town + door,
  }
}
