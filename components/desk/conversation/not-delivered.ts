import type desk from "@/lib/i18n/messages/zh-CN/desk.json";

type Reason = keyof typeof desk.thread.notDelivered;

const REASONS: Readonly<Record<Reason, true>> = {
  window_closed: true,
  limit_reached: true,
  no_permission: true,
  unreachable: true,
  blocked: true,
  too_long: true,
  unsupported: true,
  quota: true,
  auth: true,
  transient: true,
  uncertain: true,
  rejected: true,
  session_over: true,
  taken_outside: true,
  awaits_customer: true,
  not_agreed: true,
  template_unknown: true,
  template_invalid: true,
  other: true,
};

/** Key of the sentence that says why a message was not delivered; `other` for a reason that is new to this client. */
export function notDeliveredKey(reason: string): Reason {
  return Object.hasOwn(REASONS, reason) ? (reason as Reason) : "other";
}
