/**
 * A message's parts with the texts of a translation in the places of its own.
 *
 * @param texts one for each text among the parts, in their order
 */
export function translatedParts<Part extends { readonly type: string }>(
  parts: readonly Part[],
  { texts }: { readonly texts: readonly string[] },
): Part[] {
  let index = 0;
  return parts.map((part) => {
    if (part.type !== "text") {
      return part;
    }
    const text = texts[index];
    index += 1;
    return text === undefined ? part : { ...part, text };
  });
}
