import { availableParallelism } from 'node:os';

/** Does one thing for each item, as many at once as there are processors. */
export async function inTurns<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}
