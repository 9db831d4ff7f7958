import type { Server } from "node:http";

/** How often finished keep-alive connections are let go while the server is stopping. */
const sweepMs = 50;

/**
 * Stops taking connections, lets requests in flight finish for at most `graceMs`, then cuts the rest.
 *
 * @returns how many connections had to be cut
 */
export function closeHttpServer(server: Server, graceMs: number): Promise<number> {
  return new Promise((resolve) => {
    let cut = 0;
    // A keep-alive connection whose request ends during the stop would otherwise hold the server open.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    const deadline = setTimeout(() => {
      server.getConnections((_error, count) => {
        cut = count ?? 0;
        server.closeAllConnections();
      });
    }, graceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve(cut);
    });
    server.closeIdleConnections();
  });
}

/** The work, or nothing when it takes longer than `limitMs`: a stop must end even when one part of it hangs. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  const outcome = await Promise.race([done, late]);
  clearTimeout(timer);
  return outcome;
}
