/** What `{{…}}` in a prepared text may stand for. */
export const REPLY_VARIABLES = ["customer.name", "agent.name", "merchant.name", "channel.name", "date"] as const;
export type ReplyVariable = (typeof REPLY_VARIABLES)[number];
export type ReplyValues = Readonly<Partial<Record<ReplyVariable, string>>>;

const VARIABLE = /\{\{\s*([a-z.]+)\s*\}\}/gi;

/** Fills the variables; one that nobody knows stays, so that the agent sees it. What a value brings is never filled again. */
export function fillVariables(text: string, values: ReplyValues): string {
  const known = new Map<string, string>(Object.entries(values));
  return text.replace(VARIABLE, (whole, name: string) => known.get(name.toLowerCase()) ?? whole);
}
