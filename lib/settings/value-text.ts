import type { z } from "zod";

function candidates(text: string): unknown[] {
  const found: unknown[] = [text];
  try {
    found.push(JSON.parse(text));
  } catch {
    // Not JSON: words, then.
  }
  found.push(
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );
  return found;
}

/**
 * A value written as text, on a command line or in an environment variable: the text itself where the field takes
 * texts, else as JSON (`7`, `true`, `[{"from":"09:00"}]`), else as a list with commas.
 *
 * @returns undefined when the field takes none of these
 */
export function valueFromText(schema: z.ZodType, text: string): { readonly value: unknown } | undefined {
  for (const candidate of candidates(text)) {
    const parsed = schema.safeParse(candidate);
    if (parsed.success) {
      return { value: parsed.data };
    }
  }
  return undefined;
}
