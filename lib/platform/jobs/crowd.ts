import { setTimeout as pause } from "node:timers/promises";

/** A talk that takes longer makes its place count as slow, in milliseconds. */
const SLOW_MS = 2_000;
/** How long it counts as slow after that, in milliseconds. */
const REMEMBERED_MS = 60_000;
/** Most talks at one place at a time in this process, unless it says otherwise: the others of its eight workers are there for other places. */
const MOST = 6;
const MOST_WHILE_SLOW = 2;
/** Most of one merchant's, whatever is waited for: one worker stays for the other merchants. */
const MOST_OF_MERCHANT = 7;
/** How long a talk waits for its turn where calls are quick, in milliseconds. */
const PATIENCE_MS = 500;
const LOOK_AGAIN_MS = 20;

/** Something outside that jobs wait for. */
export interface Place {
  readonly merchantId: string;
  /** Which of the merchant's. */
  readonly name: string;
  /** True where taking long is the rule: it never counts as slow. */
  readonly unhurried?: boolean;
  /** Most talks at a time there; six when absent. */
  readonly most?: number;
}

/** Where a channel's platform takes replies. */
export const sendingPlace = (channel: { readonly id: string; readonly merchantId: string }): Place => ({
  merchantId: channel.merchantId,
  name: `send:${channel.id}`,
});

/** Where a channel's platform gives the files of its customers. */
export const filesPlace = (channel: { readonly id: string; readonly merchantId: string }): Place => ({
  merchantId: channel.merchantId,
  name: `files:${channel.id}`,
});

/** Where the merchant's models answer; one that hangs is left alone by its circuit breaker. */
export const modelPlace = (merchantId: string): Place => ({ merchantId, name: "model", unhurried: true });

/** The same for what holds up no answer. */
export const translationPlace = (merchantId: string): Place => ({
  merchantId,
  name: "translation",
  unhurried: true,
  most: 2,
});

/** There is no room now where a job has to wait: it comes back a little later, as it is. */
export class NoRoom extends Error {
  constructor() {
    super("others are being waited for there");
    this.name = "NoRoom";
  }
}

interface Crowd {
  /** When each talk that runs began. */
  readonly running: Set<{ readonly since: number }>;
  slowUntil: number;
}

/** Crowds of each merchant, by the name of their place. */
const crowds = new Map<string, Map<string, Crowd>>();

function crowdOf({ merchantId, name }: Place): Crowd {
  const own = crowds.get(merchantId) ?? new Map<string, Crowd>();
  crowds.set(merchantId, own);
  const crowd = own.get(name) ?? { running: new Set(), slowUntil: 0 };
  own.set(name, crowd);
  return crowd;
}

function forget({ merchantId, name }: Place): void {
  const own = crowds.get(merchantId);
  own?.delete(name);
  if (own?.size === 0) {
    crowds.delete(merchantId);
  }
}

function isSlow({ running, slowUntil }: Crowd, now: number): boolean {
  return slowUntil > now || [...running].some(({ since }) => now - since > SLOW_MS);
}

function isFree(place: Place, crowd: Crowd, slow: boolean): boolean {
  const all = [...(crowds.get(place.merchantId)?.values() ?? [])].reduce((sum, { running }) => sum + running.size, 0);
  return crowd.running.size < (slow ? MOST_WHILE_SLOW : (place.most ?? MOST)) && all < MOST_OF_MERCHANT;
}

/** @returns false when so many jobs wait at this place, or for this merchant, that this one has to come back later */
export async function hasRoom(place: Place): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const crowd = crowdOf(place);
    const now = performance.now();
    const slow = !place.unhurried && isSlow(crowd, now);
    if (isFree(place, crowd, slow)) {
      return true;
    }
    if (slow || now > until) {
      return false;
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** Runs a talk with something outside, counted while it lasts: what hangs must not hold every worker. */
export async function inCrowd<Result>(place: Place, talk: () => Promise<Result>): Promise<Result> {
  const crowd = crowdOf(place);
  const own = { since: performance.now() };
  crowd.running.add(own);
  try {
    return await talk();
  } finally {
    crowd.running.delete(own);
    const now = performance.now();
    if (now - own.since > SLOW_MS) {
      crowd.slowUntil = now + REMEMBERED_MS;
    } else if (crowd.slowUntil <= now && crowd.running.size === 0) {
      forget(place);
    }
  }
}
