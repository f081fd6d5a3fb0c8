import { Go } from '../../parts/go.tsx'
import { Empty } from '../../parts/states.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'

/** No order at all: how the first ones come. */
export function NothingYet() {
  const words = useWords(orderWords).empty
  const may = useMay()
  return (
    <Empty
      title={words.nothingYet}
      act={
        <>
          {may('shops.manage') && (
            <Go to="/shops" kind="primary">
              {words.connect}
            </Go>
          )}
          {may('imports.work') && (
            <Go to="/transfers" kind="plain">
              {words.importFile}
            </Go>
          )}
        </>
      }
    >
      {words.nothingYetHelp}
    </Empty>
  )
}
