import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { inSpan } from "./span";
import { startTracing } from "./tracing";

interface Span {
  readonly name: string;
  readonly parentSpanId?: string;
  readonly spanId: string;
  readonly status: { readonly code?: number; readonly message?: string };
}

let collector: Server;
const spans: Span[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.end("{}");
    });
  });
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
});
afterAll(() => collector.close());

it("without a collector nothing is traced, with one spans arrive with their parents and faults, and no words of people", async () => {
  // Before anything is configured work simply runs.
  expect(await inSpan("before", {}, async () => 1)).toBe(1);
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  const tracing = await startTracing("web");
  await inSpan("outer", { "yingda.operation": "postReply" }, () => inSpan("inner", {}, async () => 2));
  await expect(
    inSpan("failing", {}, async () => {
      throw new TypeError("the customer's own words");
    }),
  ).rejects.toThrow("own words");
  await inSpan(
    "refused",
    {},
    async () => 500,
    (status) => status >= 500,
  );
  // Another module graph of the process asks again: it finds what is there, and can have it sent at once.
  vi.resetModules();
  const again = await import("./tracing");
  expect(await again.startTracing("web")).toBe(tracing);
  await again.flushTraces();
  expect(spans).toHaveLength(4);
  await tracing.stop();
  const named = (name: string) => spans.find((span) => span.name === name);
  expect(spans.map(({ name }) => name).sort()).toEqual(["failing", "inner", "outer", "refused"]);
  expect(named("inner")?.parentSpanId).toBe(named("outer")?.spanId);
  expect([named("failing")?.status, named("refused")?.status.code]).toEqual([{ code: 2, message: "TypeError" }, 2]);
  expect(JSON.stringify(spans)).not.toContain("own words");
});
