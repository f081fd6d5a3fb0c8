import { ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { listenToTheme, themeNow } from '../looks.ts'
import { useLanguage } from '../words/language.ts'

/**
 * The room in which antd may be used: date ranges, cascaders, whatever the parts do not have. It takes its colours from the tokens.
 * Only a lazily loaded file may import it (`lazy(() => import(…))`): antd weighs more than the rest of a page.
 */
export function Antd({ children }: { readonly children: ReactNode }) {
  const looks = useSyncExternalStore(listenToTheme, themeNow)
  const language = useLanguage()
  const config = useMemo(() => themeOf(looks), [looks])
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={config}
      button={{ autoInsertSpace: false }}
      getPopupContainer={(trigger) => trigger?.closest('dialog') ?? document.body}
    >
      {children}
    </ConfigProvider>
  )
}

function themeOf(looks: 'light' | 'dark') {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    algorithm: looks === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: token('primary'),
      colorLink: token('link'),
      colorSuccess: token('ok'),
      colorWarning: token('warn'),
      colorError: token('err'),
      colorInfo: token('info'),
      colorText: token('text'),
      colorTextSecondary: token('text2'),
      colorTextDescription: token('text2'),
      colorTextPlaceholder: token('text3'),
      colorTextDisabled: token('text3'),
      colorBgBase: token('surface'),
      colorBgContainer: token('surface'),
      colorBgElevated: token('surface'),
      colorBgLayout: token('bg'),
      colorBorder: token('border-in'),
      colorBorderSecondary: token('border'),
      controlItemBgActive: token('sel'),
      controlItemBgHover: token('hover'),
      fontFamily: token('font'),
      fontSize: 13,
      borderRadius: 6,
      borderRadiusLG: 8,
      controlHeight: 32,
      boxShadowSecondary: token('shadow'),
      motion: !isStill,
    },
  }
}
