import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";

/** What stands behind a `/` before the caret; undefined when no quick reply is being looked for. */
export function quickReplyQuery(
  text: string,
  caret: number,
): { readonly from: number; readonly query: string } | undefined {
  const match = /(?:^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret));
  return match?.[1] === undefined ? undefined : { from: caret - match[1].length - 1, query: match[1] };
}

function rank(reply: QuickReply, query: string): number {
  const [shortcut, title] = [reply.shortcut.toLowerCase(), reply.title.toLowerCase()];
  if (shortcut !== "" && shortcut === query) {
    return 0;
  }
  if (shortcut.startsWith(query)) {
    return 1;
  }
  if (title.startsWith(query)) {
    return 2;
  }
  if (title.includes(query) || reply.folder.toLowerCase().includes(query)) {
    return 3;
  }
  return reply.text.toLowerCase().includes(query) ? 4 : -1;
}

/** Replies that fit, the best first; among equals the most used one, as the server sent them. */
export function filterQuickReplies(replies: readonly QuickReply[], query: string): QuickReply[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") {
    return [...replies];
  }
  return replies
    .map((reply) => ({ reply, rank: rank(reply, wanted) }))
    .filter((candidate) => candidate.rank >= 0)
    .sort((first, second) => first.rank - second.rank)
    .map(({ reply }) => reply);
}
