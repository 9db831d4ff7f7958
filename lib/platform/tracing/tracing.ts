import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";

/** Nothing is traced, and none of the libraries is loaded. */
const OFF = { stop: async () => undefined };

/**
 * Sends traces to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, by OTLP over HTTP: requests, jobs, and what Next
 * does itself, which finds the same provider on globalThis. The exporter reads the other OTEL_ variables by itself
 * (headers, time-outs).
 *
 * @returns how to send what is left and stop
 */
export async function startTracing(service: "web" | "worker"): Promise<{ stop(): Promise<unknown> }> {
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
  return { stop: () => provider.shutdown() };
}
