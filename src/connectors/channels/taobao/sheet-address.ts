import { parseAddress } from '../../../core/address/parse.ts'

/** Endings of town names, which stand between district and street. */
const townEnd = /(街道|镇|乡|苏木|办事处|农场|林场)$/
const postcode = /[(（]\d{6}[)）]$/

/** An address of the export in the fields of a trade: `浙江省 嘉兴市 南湖区 东栅街道 双溪路88号(314000)`; other text is read as free text. */
export function receiverFields(address: string) {
  const text = address.replace(postcode, '').trim()
  const [state = '', city = '', district = '', ...rest] = text.split(/\s+/)
  if (rest.length === 0) return freeFields(text)

  const [first = ''] = rest
  const isTown = rest.length > 1 && townEnd.test(first)
  return {
    receiver_state: state,
    receiver_city: city,
    receiver_district: district,
    receiver_town: isTown ? first : '',
    receiver_address: (isTown ? rest.slice(1) : rest).join(' '),
  }
}

function freeFields(text: string) {
  const { province, city, district, town, detail, certainty } = parseAddress(text)
  return {
    receiver_state: province,
    receiver_city: city,
    receiver_district: district,
    receiver_town: town,
    receiver_address: certainty === 'none' ? text : detail,
  }
}
