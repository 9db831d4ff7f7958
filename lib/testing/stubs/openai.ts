import type { ServerResponse } from "node:http";
import { startHttpStub, writeTorn } from "./http-stub";

/** How the server behaves; each is something a real provider has done. */
export type OpenAiScenario =
  /** Streams `words` and ends as it should. */
  | { readonly kind: "answer"; readonly words: readonly string[] }
  /** The same in pieces of three bytes, with CRLF lines, keep-alive comments, a reasoning delta, and no `[DONE]`. */
  | { readonly kind: "torn"; readonly words: readonly string[] }
  /** Accepts the request and says nothing. */
  | { readonly kind: "silent" }
  /** Says nothing until this has come to its end, and breaks the connection then. */
  | { readonly kind: "held"; readonly until: Promise<unknown> }
  /** Keeps the line alive with comments, and says nothing. */
  | { readonly kind: "slow"; readonly everyMs: number }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** JSON unless it begins with `<`. */
      readonly body?: string;
    }
  /** Streams some words, then the connection breaks. */
  | { readonly kind: "cut"; readonly words: readonly string[] }
  /** Streams words, then nothing more. */
  | { readonly kind: "stalled"; readonly words: readonly string[] }
  /** Streams words, closes politely, never says that it was done. */
  | { readonly kind: "unfinished"; readonly words: readonly string[] }
  /** Streams words, then something that is no JSON. */
  | { readonly kind: "malformed"; readonly words: readonly string[] }
  /** Streams words, then an error in the stream. */
  | { readonly kind: "error"; readonly words: readonly string[] }
  /** Ends for another reason than being done. */
  | { readonly kind: "ended"; readonly words: readonly string[]; readonly reason: string }
  /** Asks for tools; each call's arguments come in two pieces. */
  | { readonly kind: "tools"; readonly calls: readonly { readonly name: string; readonly input: string }[] }
  /** Does whatever the prompt tells it to: every word of an order in any block becomes its answer. */
  | { readonly kind: "obedient"; readonly obey: (prompt: string) => string };

export interface ReceivedChat {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly {
      role: string;
      content: unknown;
      tool_calls?: readonly { id: string }[];
      tool_call_id?: string;
    }[];
    readonly tools?: unknown;
    readonly [field: string]: unknown;
  };
  /** All text of all messages. */
  readonly text: string;
}

export interface OpenAiServer {
  /** What AI_BASE_URL would be. */
  readonly baseUrl: string;
  /** Without the path. */
  readonly origin: string;
  readonly requests: readonly ReceivedChat[];
  /** Most requests that waited for the end of their answer at one time. */
  readonly mostAtOnce: number;
  /** For all requests from now on; of several, one after the other, the last for the rest. */
  behave(...scenarios: OpenAiScenario[]): void;
  stop(): Promise<void>;
}

const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_700_000_000, model: "test-model" };

function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const USAGE = { prompt_tokens: 120, completion_tokens: 20, total_tokens: 140 };

function finish(response: ServerResponse, reason = "stop"): void {
  response.write(chunk({}, reason));
  response.write(`data: ${JSON.stringify({ ...head, choices: [], usage: USAGE })}\n\n`);
  response.end("data: [DONE]\n\n");
}

function open(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
}

function stream(response: ServerResponse, words: readonly string[]): void {
  open(response);
  response.write(chunk({ role: "assistant", content: "" }));
  for (const word of words) {
    response.write(chunk({ content: word }));
  }
}

async function tear(response: ServerResponse, words: readonly string[]): Promise<void> {
  open(response);
  const events = [
    ": keep-alive\n\n",
    chunk({ role: "assistant", content: "", reasoning_content: "hm" }),
    ...words.map((word) => chunk({ content: word })),
    chunk({}, "stop"),
    `data:${JSON.stringify({ ...head, choices: [], usage: USAGE })}\n\n`,
  ];
  await writeTorn(response, events.join("").replaceAll("\n", "\r\n"));
  response.end();
}

function askForTools(response: ServerResponse, calls: readonly { name: string; input: string }[]): void {
  stream(response, []);
  for (const [index, { name, input }] of calls.entries()) {
    const half = Math.ceil(input.length / 2);
    const first = { index, id: `call_${index}`, type: "function", function: { name, arguments: input.slice(0, half) } };
    response.write(chunk({ tool_calls: [first] }));
    response.write(chunk({ tool_calls: [{ index, function: { arguments: input.slice(half) } }] }));
  }
  finish(response, "tool_calls");
}

function keepAlive(response: ServerResponse, everyMs: number): void {
  open(response);
  response.flushHeaders();
  const timer = setInterval(() => response.write(": keep-alive\n\n"), everyMs);
  response.on("close", () => clearInterval(timer));
}

function refuse(response: ServerResponse, scenario: Extract<OpenAiScenario, { kind: "status" }>): void {
  const error = { message: "no", type: "server_error", code: null, param: null };
  const body = scenario.body ?? JSON.stringify({ error });
  const type = body.startsWith("<") ? "text/html" : "application/json";
  response.writeHead(scenario.status, { "content-type": type, ...scenario.headers });
  response.end(body);
}

function breakOff(response: ServerResponse, scenario: OpenAiScenario & { readonly words: readonly string[] }): void {
  stream(response, scenario.words);
  switch (scenario.kind) {
    case "cut":
      setImmediate(() => response.destroy());
      return;
    case "unfinished":
      response.end();
      return;
    case "malformed":
      response.write("data: {not json\n\n");
      finish(response);
      return;
    case "error":
      response.end(`data: ${JSON.stringify({ error: { message: "overloaded", type: "server_error" } })}\n\n`);
      return;
    case "ended":
      finish(response, scenario.reason);
  }
}

function answer(response: ServerResponse, scenario: OpenAiScenario, prompt: string): void | Promise<void> {
  switch (scenario.kind) {
    case "silent":
      open(response);
      response.flushHeaders();
      return;
    case "held":
      void scenario.until.then(() => response.destroy());
      return;
    case "slow":
      return keepAlive(response, scenario.everyMs);
    case "status":
      return refuse(response, scenario);
    case "torn":
      return tear(response, scenario.words);
    case "tools":
      return askForTools(response, scenario.calls);
    case "obedient":
      stream(response, [scenario.obey(prompt)]);
      return finish(response);
    case "answer":
      stream(response, scenario.words);
      return finish(response);
    default:
      return breakOff(response, scenario);
  }
}

/** A tool call without its result, or a result without its call: a real provider answers 400. */
function isUneven(messages: ReceivedChat["body"]["messages"]): boolean {
  const asked = messages.flatMap(({ tool_calls: calls }) => (calls ?? []).map(({ id }) => id));
  const given = messages.flatMap(({ tool_call_id: id }) => id ?? []);
  return asked.join() !== given.join();
}

/**
 * A server on 127.0.0.1 that speaks the streaming half of OpenAI's chat completions.
 *
 * @param port 0: any that is free
 */
export async function startOpenAiServer(port = 0): Promise<OpenAiServer> {
  let scenarios: OpenAiScenario[] = [{ kind: "silent" }];
  const requests: ReceivedChat[] = [];
  const waiting = { now: 0, most: 0 };
  const stub = await startHttpStub((request, raw, response) => {
    waiting.now += 1;
    waiting.most = Math.max(waiting.most, waiting.now);
    response.on("close", () => {
      waiting.now -= 1;
    });
    const body = JSON.parse(raw) as ReceivedChat["body"];
    const text = body.messages
      .map(({ content }) => (typeof content === "string" ? content : JSON.stringify(content)))
      .join("\n");
    const { headers } = request;
    requests.push({ path: request.url ?? "", authorization: headers.authorization, headers, body, text });
    const scenario = (scenarios.length > 1 ? scenarios.shift() : scenarios[0]) ?? { kind: "silent" };
    return isUneven(body.messages)
      ? refuse(response, { kind: "status", status: 400 })
      : answer(response, scenario, text);
  }, port);
  return {
    baseUrl: `${stub.url}/v1`,
    origin: stub.url,
    requests,
    get mostAtOnce() {
      return waiting.most;
    },
    behave(...next) {
      scenarios = next;
    },
    stop: stub.stop,
  };
}
