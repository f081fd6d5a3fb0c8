/**
 * Turns a function that works many at once into one that takes them singly: what comes within `withinMs`, or while the batch before is at
 * work, is one batch. Each caller gets its own answer, or the batch's failure.
 */
export function collected<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { withinMs, atMost }: { readonly withinMs: number; readonly atMost: number },
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item
    readonly resolve: (answer: Answer) => void
    readonly reject: (error: unknown) => void
  }
  const waiting: Waiting[] = []
  let isWorking = false

  const workOff = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, atMost)
      try {
        const answers = await work(batch.map(({ item }) => item))
        for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWorking = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isWorking) return
      isWorking = true
      setTimeout(() => void workOff(), withinMs)
    })
}
