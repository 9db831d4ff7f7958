import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { startHttpStub, writeTorn } from "./http-stub";

/** How the app behaves. */
export interface DifyScenario {
  readonly words: readonly string[];
  /** What it shows of the knowledge that it used. */
  readonly resources?: readonly string[];
  /** An agent app refuses to answer in one piece and streams under another event's name. */
  readonly agent?: boolean;
  /** Moderation takes the text back in the end. */
  readonly replaceBy?: string;
  /** An error in the stream, after the words; the status is 200 all the same. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Ends without `message_end`. */
  readonly unfinished?: boolean;
  /** Refuses with this instead. */
  readonly refuse?: { readonly status: number; readonly code: string; readonly message: string };
}

export interface ReceivedQuery {
  readonly query: string;
  readonly user: string;
  readonly conversation_id?: string;
  readonly response_mode?: string;
  readonly inputs?: unknown;
}

export interface DifyServer {
  readonly baseUrl: string;
  readonly requests: readonly ReceivedQuery[];
  behave(scenario: DifyScenario): void;
  /** Forgets every conversation, as a deleted app does. */
  forget(): void;
  stop(): Promise<void>;
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ code, message, status }));
}

function metadataOf({ resources = [] }: DifyScenario): object {
  return {
    usage: { prompt_tokens: 33, completion_tokens: 8, total_tokens: 41, currency: "USD", latency: 0.1 },
    retriever_resources: resources.map((content, index) => ({ position: index + 1, dataset_name: "faq", content })),
  };
}

async function stream(response: ServerResponse, scenario: DifyScenario, conversation: string): Promise<void> {
  const ids = { task_id: "task-1", message_id: "message-1", conversation_id: conversation };
  const event = (name: string, fields: object) => `data: ${JSON.stringify({ event: name, ...ids, ...fields })}\n\n`;
  const { words, agent, replaceBy, error, unfinished } = scenario;
  response.writeHead(200, { "content-type": "text/event-stream" });
  const events = [
    "event: ping\n\n",
    event("workflow_started", { data: {} }),
    ...(agent ? [event("agent_thought", { thought: "hm", tool: "dataset" })] : []),
    ...words.map((answer) => event(agent ? "agent_message" : "message", { answer })),
    ...(replaceBy === undefined ? [] : [event("message_replace", { answer: replaceBy, reason: "moderation" })]),
    ...(error ? [event("error", { status: 400, ...error })] : []),
    ...(unfinished || error ? [] : [event("message_end", { metadata: metadataOf(scenario) })]),
    "event: ping\n\n",
  ];
  await writeTorn(response, events.join(""), 7);
  response.end();
}

/** A Dify app on 127.0.0.1 with the key `app-test`. Conversations belong to the user who began them. */
export async function startDifyServer(): Promise<DifyServer> {
  let scenario: DifyScenario = { words: [] };
  const conversations = new Map<string, string>();
  const requests: ReceivedQuery[] = [];
  const stub = await startHttpStub((request, raw, response) => {
    if (request.headers.authorization !== "Bearer app-test") {
      return refuse(response, 401, "unauthorized", "Access token is invalid");
    }
    const body = JSON.parse(raw) as ReceivedQuery;
    requests.push(body);
    const known = body.conversation_id;
    if (scenario.refuse) {
      return refuse(response, scenario.refuse.status, scenario.refuse.code, scenario.refuse.message);
    }
    if (!body.user || !body.inputs) {
      return refuse(response, 400, "invalid_param", "Arg user must be provided.");
    }
    if (known && conversations.get(known) !== body.user) {
      return refuse(response, 404, "not_found", "Conversation Not Exists.");
    }
    if (scenario.agent && body.response_mode !== "streaming") {
      return refuse(response, 400, "invalid_param", "Agent Chat App does not support blocking mode");
    }
    const conversation = known ?? randomUUID();
    conversations.set(conversation, body.user);
    if (body.response_mode === "streaming") {
      return stream(response, scenario, conversation);
    }
    const whole = { event: "message", task_id: "task-1", id: "message-1", conversation_id: conversation, mode: "chat" };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...whole, answer: scenario.words.join(""), metadata: metadataOf(scenario) }));
  });
  return {
    baseUrl: `${stub.url}/v1`,
    requests,
    behave(next) {
      scenario = next;
    },
    forget: () => conversations.clear(),
    stop: stub.stop,
  };
}
