import type { ServerResponse } from "node:http";
import { startHttpStub } from "./http-stub";
import concepts from "./meaning-concepts.json" with { type: "json" };

/** How the server behaves; each is something a real one has done. */
export type EmbeddingScenario =
  | { readonly kind: "answer" }
  /** Vectors of another dimension than the model's. */
  | { readonly kind: "dimension"; readonly dimension: number }
  /** Writes NaN, which is no JSON; or null among the numbers. */
  | { readonly kind: "nan" }
  | { readonly kind: "null" }
  /** One vector too few. */
  | { readonly kind: "few" }
  /** The last one first, with its index. */
  | { readonly kind: "shuffled" }
  /** The same vector for everything. */
  | { readonly kind: "nonsense" }
  /** A proxy's page with status 200. */
  | { readonly kind: "html" }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Refuses calls that hold such a text. */
  | { readonly kind: "picky"; readonly refuses: (text: string) => boolean }
  /** Takes the request and says nothing, until it is released. */
  | { readonly kind: "held" }
  /** Breaks off in the middle. */
  | { readonly kind: "cut" };

export interface ReceivedEmbedding {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly input: readonly string[];
  readonly model: string;
  readonly dimensions: number | undefined;
}

export interface EmbeddingServer {
  readonly baseUrl: string;
  readonly host: string;
  readonly requests: readonly ReceivedEmbedding[];
  /** Every text that was asked for. */
  readonly texts: () => string[];
  /** For all requests from now on; of several, one after the other, the last for the rest. */
  behave(...scenarios: EmbeddingScenario[]): void;
  /** Answers the requests that are held, and holds no more. */
  release(): void;
  stop(): Promise<void>;
}

const DIMENSION = 64;
/** What the letters of a text weigh beside what it is about. */
const LETTERS = 0.12;

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619) >>> 0;
  }
  return hash;
}

/** Numbers that look random and are the same every time, for a seed. */
function addRandom(into: number[], seed: string, weight: number): void {
  let state = hashOf(seed);
  for (let index = 0; index < into.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    into[index] = (into[index] ?? 0) + weight * (state / 2 ** 31 - 1);
  }
}

/** A vector that carries some meaning: of the things that a text names, in either language, and a little of its letters. */
export function meaningOf(text: string, dimension = DIMENSION): number[] {
  const vector = Array.from({ length: dimension }, () => 0);
  const said = text.toLowerCase();
  for (const [place, words] of concepts.entries()) {
    if (words.some((word) => said.includes(word))) {
      addRandom(vector, `concept ${place}`, 1);
    }
  }
  for (let index = 0; index + 1 < said.length; index += 1) {
    addRandom(vector, said.slice(index, index + 2), LETTERS);
  }
  return vector;
}

function bodyOf(input: readonly string[], vectorOf: (text: string) => readonly number[]): string {
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
  const usage = { prompt_tokens: input.join("").length, total_tokens: input.join("").length };
  return JSON.stringify({ object: "list", model: "test-embedding", data, usage });
}

const refusal = JSON.stringify({ error: { message: "the stub says no", type: "invalid_request_error" } });

interface Reply {
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function replyTo(scenario: EmbeddingScenario, { input, dimensions }: ReceivedEmbedding): Reply {
  const good = bodyOf(input, (text) => meaningOf(text, dimensions));
  switch (scenario.kind) {
    case "dimension":
      return { body: bodyOf(input, (text) => meaningOf(text, scenario.dimension)) };
    case "nan":
      return { body: good.replace(/(?<="embedding":\[)[^,]+/u, "NaN") };
    case "null":
      return { body: good.replace(/(?<="embedding":\[)[^,]+/u, "null") };
    case "few":
      return { body: bodyOf(input.slice(1), (text) => meaningOf(text, dimensions)) };
    case "shuffled": {
      const body = JSON.parse(good) as { data: unknown[] };
      return { body: JSON.stringify({ ...body, data: body.data.reverse() }) };
    }
    case "nonsense":
      return { body: bodyOf(input, () => meaningOf("nonsense", dimensions)) };
    case "html":
      return { body: "<!doctype html><title>Sign in</title>" };
    case "status":
      return { body: refusal, status: scenario.status, headers: scenario.headers ?? {} };
    case "picky":
      return input.some(scenario.refuses) ? { body: refusal, status: 400 } : { body: good };
    default:
      return { body: good };
  }
}

function answer(response: ServerResponse, scenario: EmbeddingScenario, asked: ReceivedEmbedding): void {
  const { body, status = 200, headers = {} } = replyTo(scenario, asked);
  const type = body.startsWith("<") ? "text/html" : "application/json";
  if (scenario.kind === "cut") {
    response.writeHead(200, { "content-type": type, "content-length": String(Buffer.byteLength(body)) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  } else {
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(body);
  }
}

/** A server on 127.0.0.1 that speaks OpenAI's embeddings; the same text has the same vector in every process. @param port 0: any that is free */
export async function startEmbeddingServer(port = 0): Promise<EmbeddingServer> {
  let scenarios: EmbeddingScenario[] = [{ kind: "answer" }];
  const requests: ReceivedEmbedding[] = [];
  let held: (() => void)[] = [];
  const stub = await startHttpStub((request, raw, response) => {
    const body = JSON.parse(raw) as { input: string[]; model: string; dimensions?: number };
    const { input, model, dimensions } = body;
    const asked = { path: request.url ?? "", authorization: request.headers.authorization, input, model, dimensions };
    requests.push(asked);
    const scenario = (scenarios.length > 1 ? scenarios.shift() : scenarios[0]) ?? { kind: "answer" };
    if (scenario.kind === "held") {
      held.push(() => answer(response, { kind: "answer" }, asked));
    } else {
      answer(response, scenario, asked);
    }
  }, port);
  const baseUrl = `${stub.url}/v1`;
  return {
    baseUrl,
    host: new URL(baseUrl).host,
    requests,
    texts: () => requests.flatMap(({ input }) => input),
    behave(...next) {
      scenarios = next;
    },
    release() {
      scenarios = [{ kind: "answer" }];
      for (const each of held) {
        each();
      }
      held = [];
    },
    stop: stub.stop,
  };
}
