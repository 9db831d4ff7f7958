import type { RealtimeHub } from "./hub";

const KEY = Symbol.for("yingda.realtime.hub");
const shared: typeof globalThis & { [KEY]?: RealtimeHub | undefined } = globalThis;

/**
 * The hub of this process, if it runs the embedded server. Kept on `globalThis`, because Next's route bundles and the
 * server's own bundle are separate module graphs in one process: a module variable would be two variables.
 */
export function getRealtimeHub(): RealtimeHub | undefined {
  return shared[KEY];
}

/** Makes `hub` the one of this process; undefined takes it away again at shutdown. */
export function installRealtimeHub(hub: RealtimeHub | undefined): void {
  shared[KEY] = hub;
}
