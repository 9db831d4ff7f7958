import { z } from "zod";

/** Page size limits for every list (keyset paging only: OFFSET costs 12 ms at row 20,000, performance.md section 6). */
export const pageQuery = z.object({
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export type PageQuery = z.infer<typeof pageQuery>;

/** One page of a keyset-paged list; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** An opaque cursor from the sort key of the last row. Base64url JSON: readable in a debugger, meaningless to a client. */
export function encodeCursor(key: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * Reads a cursor back.
 *
 * @param shape zod tuple the key must match: a cursor comes from outside and may be forged
 * @returns the key, or undefined when the cursor is missing or not one of ours (the caller then starts at page one)
 */
export function decodeCursor<Shape extends z.ZodType>(
  cursor: string | undefined,
  shape: Shape,
): z.infer<Shape> | undefined {
  if (!cursor) {
    return undefined;
  }
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parsed = shape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
