/** How often the loop is asked whether it still turns, in milliseconds. */
const EVERY_MS = 100;
/** Standing still for so long is a stall: requests of that time waited for it, in milliseconds. */
const STALL_MS = 1_500;
/** How long a stall is told, in milliseconds: longer than a monitor waits between two looks. */
const TOLD_MS = 30_000;

interface Watch {
  timer: NodeJS.Timeout | undefined;
  lastTurn: number;
  stalls: { readonly at: number; readonly ms: number }[];
}

const SLOT = Symbol.for("yingda.event-loop");

// On globalThis for the server's own bundle and Next's are separate module graphs of one process.
function watch(): Watch {
  const holder = globalThis as { [SLOT]?: Watch };
  holder[SLOT] ??= { timer: undefined, lastTurn: 0, stalls: [] };
  return holder[SLOT];
}

/**
 * Begins to watch whether this process stands still (a computation that is too long, a machine that gives it no time), and
 * goes on until it is stopped. Costs a timer ten times a second.
 *
 * @returns stops it
 */
export function watchEventLoop(): () => void {
  const state = watch();
  clearInterval(state.timer);
  state.lastTurn = performance.now();
  state.timer = setInterval(() => {
    const now = performance.now();
    const late = now - state.lastTurn - EVERY_MS;
    state.lastTurn = now;
    if (late >= STALL_MS) {
      state.stalls = [...state.stalls.filter(({ at }) => now - at < TOLD_MS), { at: now, ms: late }];
    }
  }, EVERY_MS);
  state.timer.unref();
  return () => {
    clearInterval(state.timer);
    state.timer = undefined;
  };
}

/** The longest stall of the last half minute, in milliseconds; null when there was none, or nobody watches. */
export function longestStall(): number | null {
  const now = performance.now();
  const recent = watch().stalls.filter(({ at }) => now - at < TOLD_MS);
  return recent.length === 0 ? null : Math.round(Math.max(...recent.map(({ ms }) => ms)));
}
