/** Channel kinds that this console knows by name; others are shown by their own. */
const KINDS = ["web", "api"] as const;

export function kindOf(type: string): (typeof KINDS)[number] | undefined {
  return KINDS.find((kind) => kind === type);
}
