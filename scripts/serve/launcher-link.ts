/** What the launcher tells the server, over Node's own channel between parent and child. */
interface LauncherMessage {
  readonly postmaster?: number;
}

/**
 * The link to the launcher, when one started this process. When the launcher is killed the link breaks, and the server
 * stops by itself, and then the database that the launcher had started: no orphan is left even by kill -9.
 */
export function linkToLauncher(onLost: () => void) {
  let postmaster: number | undefined;
  if (process.send) {
    process.on("message", (message: LauncherMessage) => {
      postmaster = message.postmaster ?? postmaster;
    });
    process.on("disconnect", onLost);
  }
  return {
    sayReady: () => {
      process.send?.({ ready: true });
    },
    isLost: () => process.send !== undefined && !process.connected,
    stopDatabase: () => {
      if (postmaster === undefined) {
        return;
      }
      try {
        process.kill(postmaster, "SIGINT");
      } catch {
        // Gone already.
      }
    },
  };
}
