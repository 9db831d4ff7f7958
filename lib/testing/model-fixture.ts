import { vi } from "vitest";
import { CircuitBreaker } from "@/lib/platform/ai/circuit-breaker";
import type { Link } from "@/lib/platform/ai/model-chain";
import { createOpenAiModel } from "@/lib/platform/ai/openai-model";
import { createDeskFixture, type DeskFixture } from "./desk-fixture";
import { type OpenAiServer, startOpenAiServer } from "./stubs/openai";

/** A desk on a database of the test's own, and a model that answers as the test says. */
export class ModelFixture {
  private constructor(
    readonly desk: DeskFixture,
    readonly server: OpenAiServer,
  ) {}

  static async create(): Promise<ModelFixture> {
    const server = await startOpenAiServer();
    vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(server.baseUrl).host);
    return new ModelFixture(await createDeskFixture(), server);
  }

  async end(): Promise<void> {
    vi.unstubAllEnvs();
    await this.desk.end();
    await this.server.stop();
  }

  /** A chain of this model alone, which has never failed. */
  links(firstTextMs = 5_000): Link[] {
    const { baseUrl } = this.server;
    const model = createOpenAiModel({ id: "test", name: "测试", baseUrl, model: "m", apiKey: "k", firstTextMs });
    return [{ id: "test", model, breaker: new CircuitBreaker() }];
  }

  /** Its next answers; the last one for the rest. */
  answers(...texts: string[]): void {
    this.server.behave(...texts.map((text) => ({ kind: "answer" as const, words: [text] })));
  }

  /** All words of the last request. */
  received(): string {
    return this.server.requests.at(-1)?.text ?? "";
  }
}
