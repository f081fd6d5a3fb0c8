import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { ShopCard } from './signs.tsx'
import { TestResult, useTest } from './test-call.tsx'

/** 测试连接: one harmless call, and what the platform answered. */
export function TestDialog({ shop, onClose }: { readonly shop: ShopCard; readonly onClose: () => void }) {
  const words = useWords(shopWords).test
  const test = useTest(shop.shopId)
  return (
    <Dialog
      title={words.title(shop.name)}
      onClose={onClose}
      onSend={onClose}
      foot={
        <>
          <Button busy={test.isFetching} onPress={() => void test.refetch()}>
            {words.again}
          </Button>
          <Button kind="primary" submit>
            {words.close}
          </Button>
        </>
      }
    >
      <TestResult test={test} />
    </Dialog>
  )
}
