/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same items in `times` orders, some of them twice, each item at least once. The same orders each time. */
export function* inDisorder<Item>(items: readonly Item[], times: number): Generator<Item[]> {
  for (let seed = 1; seed <= times; seed += 1) {
    const random = seeded(seed);
    const doubled = [...items, ...items.filter(() => random() < 0.3)];
    for (let last = doubled.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [doubled[last], doubled[other]] = [doubled[other] as Item, doubled[last] as Item];
    }
    yield doubled;
  }
}
