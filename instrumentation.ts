/**
 * Next calls this once in every process it starts. With the one-machine server tracing runs already; on Vercel this is
 * where it begins.
 */
export async function register(): Promise<void> {
  const { startTracing } = await import("@/lib/platform/tracing/tracing");
  await startTracing("web");
}
