import type { FaultPoint } from "@/lib/platform/fault-point";

/**
 * Stands in for lib/platform/fault-point.ts in the programs that tests bundle: at the point that the command line names
 * the process ends as by `kill -9`, with nothing closed and nothing said.
 */
export function faultPoint(name: FaultPoint): void {
  if (process.argv[2] === name) {
    process.kill(process.pid, "SIGKILL");
  }
}
