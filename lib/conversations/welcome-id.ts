const PREFIX = "welcome:";
const CODE = "~";

/**
 * Client id of a welcome: made from the event that caused it, so that the same event welcomes once; with the code that
 * the platform wants back with it, for the job that sends it.
 */
export function welcomeClientId(event: {
  readonly externalId: string;
  readonly replyCode?: string | undefined;
}): string {
  return `${PREFIX}${event.externalId}${event.replyCode ? CODE + event.replyCode : ""}`.slice(0, 160);
}

/** The code in a welcome's client id; undefined for every other message. */
export function replyCodeOf(clientId: string | null): string | undefined {
  const at = clientId?.startsWith(PREFIX) ? clientId.lastIndexOf(CODE) : -1;
  return at < 0 ? undefined : clientId?.slice(at + 1);
}
