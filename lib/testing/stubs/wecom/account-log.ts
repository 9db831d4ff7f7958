import { randomBytes } from "node:crypto";

const HOUR_MS = 3_600_000;
/** How long the platform keeps messages for reading, and bells' tokens (fact sheet 2.3, 2.4). */
const KEPT_MS = 72 * HOUR_MS;
const BELL_MS = 10 * 60_000;
const WINDOW_MS = 48 * HOUR_MS;
const CREDIT = 5;
const WELCOME_MS = 20_000;
/** Reads without a bell's token in a minute. */
const BARE_READS = 2;

export type FeedItem = Readonly<Record<string, unknown>> & { readonly msgid: string };

interface Customer {
  /** 0 new, 1 bot, 2 pool, 3 servicer, 4 over (fact sheet 2.7). */
  state: number;
  servicer?: string | undefined;
  lastSaid: number | undefined;
  credit: number;
}

interface Code {
  readonly customer: string;
  readonly until: number;
  readonly state?: number;
}

/** What WeCom keeps of one customer service account: the log, its sessions, its codes. */
export interface AccountLog {
  readonly entries: { readonly item: FeedItem; readonly at: number }[];
  customer(id: string): Customer;
  known(id: string): boolean;
  /** Puts an entry into the log. */
  append(item: Readonly<Record<string, unknown>>): FeedItem;
  /** A customer writes: their session opens, their credit is new. */
  said(id: string): void;
  bell(): string;
  isBell(token: string): boolean;
  /** @returns false when there were too many reads without a token */
  mayReadBare(): boolean;
  /** A code for an event; undefined when the rules give none. */
  welcomeCode(id: string): string | undefined;
  sessionCode(id: string, milliseconds: number, state: number): string;
  /** Uses a code up. @returns whose, or undefined for one that is used, over or unknown */
  spendCode(code: string): string | undefined;
  /** @returns 0, or the errcode that forbids a message now */
  spend(id: string): number;
}

const random = () => randomBytes(12).toString("hex");

/** An empty log with the platform's rules. */
export function accountLog(now: () => number): AccountLog {
  const entries: { readonly item: FeedItem; readonly at: number }[] = [];
  const customers = new Map<string, Customer>();
  const bells = new Map<string, number>();
  const codes = new Map<string, Code>();
  let bareReads: number[] = [];

  const customer = (id: string): Customer => {
    const known = customers.get(id) ?? { state: 4, lastSaid: undefined, credit: 0 };
    customers.set(id, known);
    return known;
  };

  return {
    entries,
    customer,
    known: (id) => customers.has(id),
    append(fields) {
      const item = { msgid: random(), send_time: Math.floor(now() / 1000), ...fields } as FeedItem;
      while (entries[0] && now() - entries[0].at > KEPT_MS) {
        entries.shift();
      }
      entries.push({ item, at: now() });
      return item;
    },
    said(id) {
      const one = customer(id);
      one.lastSaid = now();
      one.credit = CREDIT;
      if (one.state === 4) {
        one.state = 0;
      }
    },
    bell() {
      const token = `ENC${random()}`;
      bells.set(token, now() + BELL_MS);
      return token;
    },
    isBell: (token) => (bells.get(token) ?? 0) > now(),
    mayReadBare() {
      bareReads = bareReads.filter((at) => now() - at < 60_000);
      bareReads.push(now());
      return bareReads.length <= BARE_READS;
    },
    welcomeCode(id) {
      const one = customer(id);
      if (one.lastSaid !== undefined && now() - one.lastSaid < WINDOW_MS) {
        return undefined;
      }
      const code = `wc_${random()}`;
      codes.set(code, { customer: id, until: now() + WELCOME_MS });
      return code;
    },
    sessionCode(id, milliseconds, state) {
      const code = `mc_${random()}`;
      codes.set(code, { customer: id, until: now() + milliseconds, state });
      return code;
    },
    spendCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      const isGood =
        found !== undefined &&
        found.until > now() &&
        (found.state === undefined || customer(found.customer).state === found.state);
      return isGood ? found.customer : undefined;
    },
    spend(id) {
      const one = customer(id);
      if (one.state !== 0 && one.state !== 1) {
        return 95018;
      }
      if (one.lastSaid === undefined || now() - one.lastSaid > WINDOW_MS) {
        return 95002;
      }
      if (one.credit <= 0) {
        return 95001;
      }
      one.credit -= 1;
      return 0;
    },
  };
}
