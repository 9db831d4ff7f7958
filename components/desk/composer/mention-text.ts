import type { Agent } from "@/lib/identity/schema";

/** What stands behind an `@` before the caret; undefined when nobody is being called. */
export function mentionQuery(
  text: string,
  caret: number,
): { readonly from: number; readonly query: string } | undefined {
  const match = /(?:^|[\s,，。、(（])@([^\s@]{0,30})$/u.exec(text.slice(0, caret));
  return match?.[1] === undefined ? undefined : { from: caret - match[1].length - 1, query: match[1] };
}

/** Colleagues whose name or address fits, those whose name begins so first. */
export function filterColleagues(agents: readonly Agent[], query: string): Agent[] {
  const wanted = query.toLowerCase();
  const fits = agents.filter(
    ({ name, email }) => name.toLowerCase().includes(wanted) || email.toLowerCase().startsWith(wanted),
  );
  const begins = ({ name }: Agent) => name.toLowerCase().startsWith(wanted);
  return [...fits.filter(begins), ...fits.filter((agent) => !begins(agent))];
}

/** Ids of those whose name still stands in the text: a name that was deleted calls nobody. */
export function calledIn(text: string, mentions: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.entries(mentions).flatMap(([name, id]) => (text.includes(`@${name}`) ? [id] : [])))];
}

/** Splits a note at the names that it calls; the longest name wins where one begins like another. */
export function splitMentions(
  text: string,
  names: readonly string[],
): { readonly text: string; readonly called: boolean }[] {
  if (names.length === 0) {
    return [{ text, called: false }];
  }
  const escaped = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text
    .split(new RegExp(`(@(?:${escaped.join("|")}))`, "u"))
    .filter((piece) => piece !== "")
    .map((piece) => ({ text: piece, called: piece.startsWith("@") && names.includes(piece.slice(1)) }));
}
