/** Asks for every item, `width` at a time, so that no endpoint is flooded; answers in the order of the items. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  width: number,
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += width)
    answers.push(...(await Promise.all(items.slice(at, at + width).map(ask))))
  return answers
}
