import { forgetRights, hearRevocations } from "@/lib/platform/revocable-cache";
import { type NotificationLine, openNotificationLine } from "./notification-line";

/** What the triggers of migration 0033 call when a session, a role, a key or a merchant ends. */
const CHANNEL = "yingda_revoked";

/**
 * Makes this process hear at once when a right ends, whichever process (or hand at a psql prompt) ended it. While the
 * connection is down nothing is remembered, so nothing can be outdated.
 *
 * @param onError told when the connection is lost or cannot be made; it is tried again every second
 * @returns resolves `ready` once it hears
 */
export function listenForRevocations(connectionString: string, onError: (reason: string) => void): NotificationLine {
  return openNotificationLine(
    { connectionString, channel: CHANNEL, name: "yingda revocations" },
    { told: forgetRights, hears: hearRevocations, failed: onError },
  );
}
