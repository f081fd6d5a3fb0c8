import type { View } from '../errors.ts'
import { addNote, deleteNote, updateNote } from './notes.ts'
import { addFulfilment, transitionFulfilment } from './parcels.ts'
import { cancelOrder, refundOrder, settleRefund } from './refunds.ts'
import { updateVariants } from './stock.ts'
import type { Writing } from './writing.ts'

/** The fields of `Mutation`. Source: own-site.md 4 [sdk V]. */
export function mutationsOf(writing: Writing): View {
  const done =
    <Args, Answer>(mutation: (writing: Writing, args: Args) => Answer) =>
    (args: Args) =>
      mutation(writing, args)
  return {
    addFulfillmentToOrder: done(addFulfilment),
    transitionFulfillmentToState: done(transitionFulfilment),
    cancelOrder: done(cancelOrder),
    refundOrder: done(refundOrder),
    settleRefund: done(settleRefund),
    addNoteToOrder: done(addNote),
    updateOrderNote: done(updateNote),
    deleteOrderNote: done(deleteNote),
    updateProductVariants: done(updateVariants),
    updateProductVariant: ({ input }: { readonly input: Parameters<typeof updateVariants>[1]['input'][number] }) =>
      updateVariants(writing, { input: [input] })[0],
  }
}
