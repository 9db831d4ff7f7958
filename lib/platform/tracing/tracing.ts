import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";

interface Tracing {
  /** Sends what is left and stops. */
  stop(): Promise<unknown>;
  /** Sends what is left. */
  flush(): Promise<unknown>;
}

/** Nothing is traced, and none of the libraries is loaded. */
const OFF: Tracing = { stop: async () => undefined, flush: async () => undefined };

const SLOT = Symbol.for("yingda.tracing");
type Holder = { [SLOT]?: Promise<Tracing> };

/**
 * Sends traces to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, by OTLP over HTTP: requests, jobs, and what Next
 * does itself, which finds the same provider on globalThis. The exporter reads the other OTEL_ variables by itself
 * (headers, time-outs). Once a process, whoever asks first: the one-machine server before Next, or Next itself where it
 * runs alone (instrumentation.ts); the two are separate module graphs, so what is begun stands on globalThis.
 *
 * @returns how to send what is left, and stop
 */
export function startTracing(service: "web" | "worker"): Promise<Tracing> {
  const holder = globalThis as Holder;
  holder[SLOT] ??= begin(service);
  return holder[SLOT];
}

/**
 * Sends what was traced so far. Where a process is frozen between two requests (Vercel) a batch would wait for the next
 * one; a process that lives sends by itself.
 */
export async function flushTraces(): Promise<void> {
  await (await (globalThis as Holder)[SLOT])?.flush();
}

async function begin(service: "web" | "worker"): Promise<Tracing> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME } = env();
  if (!OTEL_EXPORTER_OTLP_ENDPOINT) {
    return OFF;
  }
  const [api, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }, hooks] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/context-async-hooks"),
    ]);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": OTEL_SERVICE_NAME, "service.instance.id": service }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  api.context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  api.trace.setGlobalTracerProvider(provider);
  log().info({ collector: new URL(OTEL_EXPORTER_OTLP_ENDPOINT).host }, "traces are sent");
  return { stop: () => provider.shutdown(), flush: () => provider.forceFlush() };
}
