/** What a message may be answered with: few, so that each keeps its meaning. Apart, for the chat page carries no zod. */
export const REACTION_SIGNS = ["👍", "❤️", "😄", "🎉", "👀", "✅"] as const;
export type ReactionSign = (typeof REACTION_SIGNS)[number];
