import type { ServerResponse } from "node:http";
import { startHttpStub, writeTorn } from "./http-stub";

export type AnthropicScenario =
  | { readonly kind: "answer"; readonly words: readonly string[]; readonly stop?: string }
  | { readonly kind: "tool"; readonly name: string; readonly input: string }
  | { readonly kind: "error"; readonly type: string }
  | { readonly kind: "status"; readonly status: number };

export interface ReceivedMessages {
  readonly key: string | string[] | undefined;
  readonly version: string | string[] | undefined;
  readonly body: {
    readonly system: string;
    readonly messages: readonly { role: string; content: unknown }[];
    readonly tools?: unknown;
  };
}

export interface AnthropicServer {
  readonly baseUrl: string;
  readonly requests: readonly ReceivedMessages[];
  /** One after the other, the last for the rest. */
  behave(...scenarios: AnthropicScenario[]): void;
  stop(): Promise<void>;
}

const event = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;

function eventsOf(scenario: Exclude<AnthropicScenario, { kind: "status" }>): string[] {
  const start = event("message_start", { message: { id: "msg_1", role: "assistant", usage: { input_tokens: 50 } } });
  const end = (reason: string) => [
    event("content_block_stop", { index: 0 }),
    event("message_delta", { delta: { stop_reason: reason }, usage: { output_tokens: 9 } }),
    event("message_stop", {}),
  ];
  const delta = (fields: object) => event("content_block_delta", { index: 0, delta: fields });
  switch (scenario.kind) {
    case "answer":
      return [
        start,
        event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
        event("ping", {}),
        ...scenario.words.map((text) => delta({ type: "text_delta", text })),
        ...end(scenario.stop ?? "end_turn"),
      ];
    case "tool":
      return [
        start,
        event("content_block_start", {
          index: 0,
          content_block: { type: "tool_use", id: "toolu_1", name: scenario.name, input: {} },
        }),
        delta({ type: "input_json_delta", partial_json: scenario.input.slice(0, 4) }),
        delta({ type: "input_json_delta", partial_json: scenario.input.slice(4) }),
        ...end("tool_use"),
      ];
    case "error":
      return [start, event("error", { error: { type: scenario.type, message: "Overloaded" } })];
  }
}

async function answer(response: ServerResponse, scenario: AnthropicScenario): Promise<void> {
  if (scenario.kind === "status") {
    response.writeHead(scenario.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ type: "error", error: { type: "api_error", message: "no" } }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  await writeTorn(response, eventsOf(scenario).join(""), 11);
  response.end();
}

/** A server on 127.0.0.1 that speaks the streaming half of Anthropic's Messages API. */
export async function startAnthropicServer(): Promise<AnthropicServer> {
  let scenarios: AnthropicScenario[] = [];
  const requests: ReceivedMessages[] = [];
  const stub = await startHttpStub((request, raw, response) => {
    const body = JSON.parse(raw) as ReceivedMessages["body"];
    requests.push({ key: request.headers["x-api-key"], version: request.headers["anthropic-version"], body });
    const scenario = scenarios.length > 1 ? scenarios.shift() : scenarios[0];
    return answer(response, scenario ?? { kind: "status", status: 500 });
  });
  return {
    baseUrl: stub.url,
    requests,
    behave(...next) {
      scenarios = next;
    },
    stop: stub.stop,
  };
}
