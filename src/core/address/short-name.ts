/** The peoples in names of autonomous regions, as the names write them; longer ones first so that 傣 never bites into another. */
const peoples =
  '柯尔克孜|鄂温克|鄂伦春|达斡尔|哈萨克|塔吉克|维吾尔|土家|布依|仡佬|仫佬|毛南|傈僳|拉祜|哈尼|景颇|普米|独龙|布朗|纳西|撒拉|保安|东乡|锡伯|蒙古|朝鲜|各|壮|回|苗|侗|瑶|彝|藏|羌|满|黎|白|傣|佤|水|畲|土|怒|裕固'

const autonomous = new RegExp(`^(.{2,}?)(?:(?:${peoples})族?)+自治([区州县旗])$`)
const autonomousPlain = /^(.{2,}?)族?自治([区州县旗])$/
const plain = /^(.{2,}?)(?:特别行政区|地区|林区|特区|新区|行政委员会|省|市|区|县|盟|旗)$/

/**
 * The ways people shorten the name of a region: '恩施土家族苗族自治州' is 恩施 and 恩施州, '广州市' is 广州, '神农架林区' is 神农架. Never a
 * single character (忠县 stays 忠县).
 */
export function shortNames(name: string): string[] {
  const ofPeople = autonomous.exec(name) ?? autonomousPlain.exec(name)
  if (ofPeople) {
    const [, base = '', kind = ''] = ofPeople
    return kind === '区' ? [base, `${base}自治区`] : [base, `${base}${kind}`, `${base}自治${kind}`]
  }
  const base = plain.exec(name)?.[1]
  return base === undefined ? [] : [base]
}
