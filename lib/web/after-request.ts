import { after } from "next/server";
import { runWaitingJobs } from "@/lib/composition/worker";
import { env } from "@/lib/platform/env/env";
import { flushTraces } from "@/lib/platform/tracing/tracing";

/**
 * What a process that sleeps between two requests (Vercel) does once it has answered: the jobs that the request caused,
 * which no worker waits for there, and the traces. A process that lives does both by itself.
 */
export function afterRequest(request: Request): void {
  if (!env().VERCEL) {
    return;
  }
  after(async () => {
    if (request.method !== "GET") {
      await runWaitingJobs();
    }
    await flushTraces();
  });
}

/** A route handler of a plain endpoint, with what comes after it. */
export function withAfterRequest<Rest extends readonly unknown[]>(
  handle: (request: Request, ...rest: Rest) => Promise<Response>,
) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    const answer = await handle(request, ...rest);
    afterRequest(request);
    return answer;
  };
}
