/** Tokens of a text whose service did not count them: one for each Chinese character, one for four of any other. */
export function estimatedTokens(text: string): number {
  const han = text.match(/[\u3400-\u9fff]/gu)?.length ?? 0;
  return han + Math.ceil((text.length - han) / 4);
}
