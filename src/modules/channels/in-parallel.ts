/** Works through `items`, at most `atOnce` at a time. After a failure nothing new is begun; it is thrown when what runs has ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  let failed: { readonly error: unknown } | null = null
  const worker = async () => {
    while (failed === null) {
      const item = items[next]
      if (next >= items.length) return
      next += 1
      try {
        await work(item as Item)
      } catch (error) {
        failed ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  if (failed !== null) throw (failed as { readonly error: unknown }).error
}
