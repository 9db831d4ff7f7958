/** Channels of the index: grams, words, meanings, sounds of the questions; words of both; whole phrases; clauses; answers. */
export type Channel = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/** 32-bit hash of a token within its channel (FNV-1a with a final mix). Never 0, which marks a free place. */
export function tokenHash(token: string, channel: Channel): number {
  let hash = Math.imul(FNV_OFFSET ^ channel, FNV_PRIME);
  for (let index = 0; index < token.length; index += 1) {
    hash = Math.imul(hash ^ token.charCodeAt(index), FNV_PRIME);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}
