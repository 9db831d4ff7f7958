/** Messages that may be sent to a customer, and until when, as the platform counts them (fact sheet 1.6). */
export interface CustomerLedger {
  /** The customer did something that opens a window; `session`: they opened a Mini Program's support session (1.14). */
  open(openId: string, because: "message" | "event" | "session"): void;
  /** @returns the errcode of a send now: 0, 40003, 43004, 45015 or 45047 */
  spend(openId: string): number;
  /** @returns the errcode of "typing" now: 0, 45080 or 45081 */
  typing(openId: string): number;
  follow(openId: string, follows: boolean): void;
}

const MESSAGE_WINDOW_MS = 48 * 3_600_000;
const EVENT_WINDOW_MS = 60_000;
const EVENT_MESSAGES = 3;
const SESSION_MESSAGES = 2;
const TYPING_AFTER_MS = 30_000;
const TYPING_LASTS_MS = 15_000;

interface Window {
  left: number;
  until: number;
}

interface Customer {
  readonly windows: { message: Window; event: Window };
  follows: boolean;
  lastContact: number;
  typingUntil: number;
}

/** A ledger with the platform's rules; `messagesPerWindow` is 5 by the present ones. */
export function customerLedger(now: () => number, messagesPerWindow: number): CustomerLedger {
  const customers = new Map<string, Customer>();
  const customer = (openId: string): Customer => {
    const known = customers.get(openId) ?? {
      windows: { message: { left: 0, until: 0 }, event: { left: 0, until: 0 } },
      follows: true,
      lastContact: 0,
      typingUntil: 0,
    };
    customers.set(openId, known);
    return known;
  };
  return {
    open(openId, because) {
      const known = customer(openId);
      const isMessage = because === "message";
      known.lastContact = now();
      known.windows[isMessage ? "message" : "event"] = {
        left: isMessage ? messagesPerWindow : because === "session" ? SESSION_MESSAGES : EVENT_MESSAGES,
        until: now() + (isMessage ? MESSAGE_WINDOW_MS : EVENT_WINDOW_MS),
      };
    },
    spend(openId) {
      const known = customers.get(openId);
      if (!known) {
        return 40003;
      }
      if (!known.follows) {
        return 43004;
      }
      const live = Object.values(known.windows).filter((window) => window.until > now());
      const window = live.find(({ left }) => left > 0);
      if (!window) {
        return live.length === 0 ? 45015 : 45047;
      }
      window.left -= 1;
      known.lastContact = now();
      known.typingUntil = 0;
      return 0;
    },
    typing(openId) {
      const known = customer(openId);
      if (now() - known.lastContact > TYPING_AFTER_MS) {
        return 45080;
      }
      if (known.typingUntil > now()) {
        return 45081;
      }
      known.typingUntil = now() + TYPING_LASTS_MS;
      return 0;
    },
    follow(openId, follows) {
      customer(openId).follows = follows;
    },
  };
}
