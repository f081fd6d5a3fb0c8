export const zh = {
  title: '渠道店铺',
  what: '店铺列表',
}
