import { z } from "zod";
import { type AnswerModel, type AnswerRequest, type ModelAnswer, ModelError, PLAIN } from "./answer-model";
import { eventData, type ModelCall, objectOf, post, withinLimits } from "./model-call";
import { ROUNDS_MAX, runTools, type ToolCall } from "./tool-loop";

export interface AnthropicSettings {
  readonly id: string;
  readonly name: string;
  /** Such as `https://api.anthropic.com`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly firstTextMs: number;
  /** Offer the request's tools; not every model can use them. */
  readonly tools?: boolean;
  readonly fetch?: typeof fetch;
}

const VERSION = "2023-06-01";
const OUTPUT_TOKENS = 600;

/** The events that matter, of the Messages API's stream. Others are new kinds, to be passed over. */
const event = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message_start"),
    message: z.object({ usage: z.object({ input_tokens: z.number().nullish() }).nullish() }),
  }),
  z.object({
    type: z.literal("content_block_start"),
    index: z.number().int(),
    content_block: z.object({ type: z.string(), id: z.string().nullish(), name: z.string().nullish() }),
  }),
  z.object({
    type: z.literal("content_block_delta"),
    index: z.number().int(),
    delta: z.object({ type: z.string(), text: z.string().nullish(), partial_json: z.string().nullish() }),
  }),
  z.object({
    type: z.literal("message_delta"),
    delta: z.object({ stop_reason: z.string().nullish() }),
    usage: z.object({ output_tokens: z.number().nullish() }).nullish(),
  }),
  z.object({ type: z.literal("error"), error: z.object({ type: z.string(), message: z.string().nullish() }) }),
]);

interface Turn {
  text: string;
  readonly calls: Map<number, { id: string; name: string; input: string }>;
  end: string | undefined;
  inputTokens: number;
  outputTokens: number;
}

function take(turn: Turn, found: z.infer<typeof event>): void {
  switch (found.type) {
    case "message_start":
      turn.inputTokens = found.message.usage?.input_tokens ?? 0;
      return;
    case "content_block_start":
      if (found.content_block.type === "tool_use") {
        const { id, name } = found.content_block;
        turn.calls.set(found.index, { id: id ?? "", name: name ?? "", input: "" });
      }
      return;
    case "content_block_delta": {
      turn.text += found.delta.text ?? "";
      const call = turn.calls.get(found.index);
      if (call) {
        call.input += found.delta.partial_json ?? "";
      }
      return;
    }
    case "message_delta":
      turn.end = found.delta.stop_reason ?? turn.end;
      turn.outputTokens = found.usage?.output_tokens ?? turn.outputTokens;
      return;
    case "error":
      throw new ModelError(found.error.type === "overloaded_error" ? "limited" : "refused", {
        detail: found.error.message ?? found.error.type,
      });
  }
}

async function readTurn(response: Response, call: ModelCall, onText: (text: string) => void): Promise<Turn> {
  const turn: Turn = { text: "", calls: new Map(), end: undefined, inputTokens: 0, outputTokens: 0 };
  for await (const data of eventData(response, call)) {
    const parsed = event.safeParse(objectOf(data));
    if (!parsed.success) {
      continue;
    }
    const before = turn.text.length;
    take(turn, parsed.data);
    if (turn.text.length > before) {
      call.wordsCame();
      onText(turn.text);
    }
  }
  if (turn.end === "refusal") {
    throw new ModelError("filtered");
  }
  if (turn.end === undefined || turn.end === "max_tokens" || (turn.text.trim() === "" && turn.calls.size === 0)) {
    throw new ModelError("cut");
  }
  return turn;
}

type Said = { role: "user" | "assistant"; content: unknown };

/** Turns must alternate and begin with the customer's. */
function alternating(messages: AnswerRequest["messages"]): Said[] {
  const result: { role: "user" | "assistant"; content: string }[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (last?.role === message.role) {
      last.content += `\n${message.content}`;
    } else if (last || message.role === "user") {
      result.push({ ...message });
    }
  }
  return result;
}

function bodyOf(settings: AnthropicSettings, request: AnswerRequest, messages: readonly Said[]): object {
  const tools = (settings.tools ? (request.tools ?? []) : []).map(({ name, description, parameters }) => ({
    name,
    description,
    input_schema: parameters,
  }));
  return {
    model: settings.model,
    system: request.system,
    messages,
    max_tokens: OUTPUT_TOKENS,
    temperature: 0.2,
    stream: true,
    ...(tools.length > 0 && { tools }),
  };
}

function inputOf({ input }: ToolCall): unknown {
  try {
    return JSON.parse(input || "{}");
  } catch {
    return {};
  }
}

function toolTurns(turn: Turn, calls: readonly ToolCall[], results: Awaited<ReturnType<typeof runTools>>): Said[] {
  const uses = calls.map((call) => ({ type: "tool_use", id: call.id, name: call.name, input: inputOf(call) }));
  return [
    { role: "assistant", content: [...(turn.text ? [{ type: "text", text: turn.text }] : []), ...uses] },
    {
      role: "user",
      content: results.map(({ id, result }) => ({ type: "tool_result", tool_use_id: id, content: result })),
    },
  ];
}

/** Anthropic's Messages API, streamed, with tools (platform.claude.com, API reference "Messages"). */
export function createAnthropicModel(settings: AnthropicSettings): AnswerModel {
  const to = {
    url: `${settings.baseUrl.replace(/\/+$/u, "").replace(/\/v1(?:\/messages)?$/u, "")}/v1/messages`,
    headers: { "x-api-key": settings.apiKey, "anthropic-version": VERSION },
    fetch: settings.fetch ?? fetch,
  };

  async function answer(request: AnswerRequest, call: ModelCall): Promise<ModelAnswer> {
    const messages = alternating(request.messages);
    let inputTokens = 0;
    let outputTokens = 0;
    for (let round = 0; round <= ROUNDS_MAX; round += 1) {
      const turn = await readTurn(await post(call, to, bodyOf(settings, request, messages)), call, (text) =>
        request.onText(text, PLAIN),
      );
      inputTokens += turn.inputTokens;
      outputTokens += turn.outputTokens;
      request.onUsage?.(turn.inputTokens, turn.outputTokens);
      if (turn.calls.size === 0) {
        const provider = { id: settings.id, name: settings.name };
        return { text: turn.text, inputTokens, outputTokens, firstMs: call.firstMs, provider, sources: [] };
      }
      const calls = [...turn.calls].sort(([a], [b]) => a - b).map(([, one]) => one);
      messages.push(...toolTurns(turn, calls, await runTools(settings.tools ? (request.tools ?? []) : [], calls)));
    }
    throw new ModelError("tool_loop");
  }

  return {
    name: settings.name,
    nature: PLAIN,
    streamAnswer: (request) => withinLimits(settings.firstTextMs, request, (call) => answer(request, call)),
  };
}
