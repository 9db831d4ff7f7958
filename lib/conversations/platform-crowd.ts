import { setTimeout as pause } from "node:timers/promises";

/** A call that takes longer makes its platform count as slow, in milliseconds. */
const SLOW_MS = 2_000;
/** How long it counts as slow after that, in milliseconds. */
const REMEMBERED_MS = 60_000;
/** Most sends of one channel at a time in this process: the others of its eight workers are there for other channels. */
const MOST = 6;
const MOST_WHILE_SLOW = 2;
/** How long a send waits for its turn where calls are quick, in milliseconds. */
const PATIENCE_MS = 500;
const LOOK_AGAIN_MS = 20;

interface Crowd {
  /** When each call that runs began. */
  readonly running: Set<{ readonly since: number }>;
  slowUntil: number;
}

const crowds = new Map<string, Crowd>();

function crowdOf(channelId: string): Crowd {
  const crowd = crowds.get(channelId) ?? { running: new Set(), slowUntil: 0 };
  crowds.set(channelId, crowd);
  return crowd;
}

function isSlow({ running, slowUntil }: Crowd, now: number): boolean {
  return slowUntil > now || [...running].some(({ since }) => now - since > SLOW_MS);
}

/** @returns false when so many sends of this channel wait for its platform that this one has to come back later */
export async function hasRoom(channelId: string): Promise<boolean> {
  const crowd = crowdOf(channelId);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const now = performance.now();
    const slow = isSlow(crowd, now);
    if (crowd.running.size < (slow ? MOST_WHILE_SLOW : MOST)) {
      return true;
    }
    if (slow || now > until) {
      return false;
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** Runs a talk with a channel's platform, counted while it lasts: one that hangs must not hold every worker. */
export async function inCrowd<Result>(channelId: string, talk: () => Promise<Result>): Promise<Result> {
  const crowd = crowdOf(channelId);
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
      crowds.delete(channelId);
    }
  }
}
