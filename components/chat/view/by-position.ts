/**
 * Items with their position as the key: right where things have no identity of their own and never change places, as
 * the words of a text.
 */
export function byPosition<Item>(items: readonly Item[]): { readonly key: number; readonly item: Item }[] {
  return items.map((item, key) => ({ key, item }));
}
