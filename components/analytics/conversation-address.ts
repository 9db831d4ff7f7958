/** Where the desk shows a conversation. */
export function conversationAddress(conversationId: string): string {
  return `/desk?conversation=${encodeURIComponent(conversationId)}`;
}
