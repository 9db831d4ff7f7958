import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server behaves; each is something a real provider has done. */
export type OpenAiScenario =
  /** Streams `words` and ends as it should. */
  | { readonly kind: "answer"; readonly words: readonly string[] }
  /** Accepts the request and says nothing. */
  | { readonly kind: "silent" }
  | { readonly kind: "status"; readonly status: number }
  /** Streams some words, then the connection breaks. */
  | { readonly kind: "cut"; readonly words: readonly string[] }
  /** Streams words, closes politely, never says that it was done. */
  | { readonly kind: "unfinished"; readonly words: readonly string[] }
  /** Streams words, then something that is no JSON. */
  | { readonly kind: "malformed"; readonly words: readonly string[] }
  /** Does whatever the prompt tells it to: every word of an order in any block becomes its answer. */
  | { readonly kind: "obedient"; readonly obey: (prompt: string) => string };

export interface ReceivedChat {
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly { role: string; content: unknown }[];
    readonly tools?: unknown;
  };
  /** All text of all messages. */
  readonly text: string;
}

export interface OpenAiServer {
  /** What AI_BASE_URL would be. */
  readonly baseUrl: string;
  readonly requests: readonly ReceivedChat[];
  behave(scenario: OpenAiScenario): void;
  stop(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_700_000_000, model: "test-model" };

function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

function finish(response: ServerResponse): void {
  const usage = { prompt_tokens: 120, completion_tokens: 20, total_tokens: 140 };
  response.write(chunk({}, "stop"));
  response.write(`data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}

function stream(response: ServerResponse, words: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(chunk({ role: "assistant", content: "" }));
  for (const word of words) {
    response.write(chunk({ content: word }));
  }
}

function answer(response: ServerResponse, scenario: OpenAiScenario, prompt: string): void {
  switch (scenario.kind) {
    case "silent":
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      return;
    case "status":
      response.writeHead(scenario.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "no", type: "server_error", code: null, param: null } }));
      return;
    case "obedient":
      stream(response, [scenario.obey(prompt)]);
      finish(response);
      return;
    case "answer":
      stream(response, scenario.words);
      finish(response);
      return;
    case "cut":
      stream(response, scenario.words);
      setImmediate(() => response.destroy());
      return;
    case "unfinished":
      stream(response, scenario.words);
      response.end();
      return;
    case "malformed":
      stream(response, scenario.words);
      response.write("data: {not json\n\n");
      finish(response);
  }
}

/** A server on 127.0.0.1 that speaks the streaming half of OpenAI's chat completions. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  let scenario: OpenAiScenario = { kind: "silent" };
  const requests: ReceivedChat[] = [];
  const server = createServer((request, response) => {
    read(request).then(
      (raw) => {
        const body = JSON.parse(raw) as ReceivedChat["body"];
        const text = body.messages
          .map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)))
          .join("\n");
        requests.push({ authorization: request.headers.authorization, body, text });
        answer(response, scenario, text);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    behave(next) {
      scenario = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
