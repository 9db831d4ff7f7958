/** Where the desk shows a conversation, whoever it is assigned to and whether or not it has ended. */
export function conversationAddress(conversationId: string): string {
  return `/desk?${new URLSearchParams({ tab: "all", c: conversationId })}`;
}
