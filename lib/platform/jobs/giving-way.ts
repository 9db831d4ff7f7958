/** From how many platforms' requests at once jobs give way: below it both have room. */
const CROWD = 6;
/** Longest that one job waits, in milliseconds: a flood without an end must not stop the answers for good. */
const PATIENCE_MS = 400;
const LOOK_AGAIN_MS = 10;

const SLOT = Symbol.for("yingda.urgent-requests");

/** On globalThis, because routes and the worker are separate module graphs of one process. */
function urgent(): { count: number } {
  const holder = globalThis as { [SLOT]?: { count: number } };
  holder[SLOT] ??= { count: 0 };
  return holder[SLOT];
}

/** Runs what somebody else waits for with a clock in hand (a platform's five seconds for an acknowledgement). */
export async function urgently<Result>(work: () => Promise<Result>): Promise<Result> {
  const state = urgent();
  state.count += 1;
  try {
    return await work();
  } finally {
    state.count -= 1;
  }
}

/** Waits while a crowd of urgent requests is at the door, a little: what they bring is kept, and read after them. */
export async function giveWay(): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (urgent().count >= CROWD && performance.now() < until) {
    await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS));
  }
}
