import { type Attributes, SpanStatusCode, trace } from "@opentelemetry/api";

/**
 * Runs work within a span. Without tracing (startTracing) the interface is empty and this costs a function call.
 *
 * @param attributes names and ids only: what people write never goes into a trace
 * @param isFault what of the outcome counts as failed
 */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
  isFault: (result: Result) => boolean = () => false,
): Promise<Result> {
  return trace.getTracer("yingda").startActiveSpan(name, { attributes }, async (span) => {
    try {
      const result = await work();
      if (isFault(result)) {
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      return result;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
      throw error;
    } finally {
      span.end();
    }
  });
}
