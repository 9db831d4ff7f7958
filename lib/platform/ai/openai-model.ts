import { z } from "zod";
import { type AnswerModel, type AnswerRequest, type ModelAnswer, ModelError, PLAIN } from "./answer-model";
import { eventData, type ModelCall, objectOf, post, withinLimits } from "./model-call";
import { ROUNDS_MAX, runTools, type ToolCall } from "./tool-loop";

export interface OpenAiSettings {
  readonly id: string;
  readonly name: string;
  /** Up to and without `/chat/completions`; for Azure the resource's address. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  /** For Azure the name of the deployment. */
  readonly model: string;
  /** Set for Azure: the version of its API, such as `2024-10-21`. */
  readonly azureApiVersion?: string | undefined;
  /** Further headers that a vendor wants (a second key, say). */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Longest wait for the first word, in milliseconds. */
  readonly firstTextMs: number;
  /** Offer the request's tools; not every model can use them. */
  readonly tools?: boolean;
  readonly fetch?: typeof fetch;
}

const OUTPUT_TOKENS = 600;

/** What is read of an event; vendors add fields, and leave some out. */
const chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({
                  index: z.number().int().nullish(),
                  id: z.string().nullish(),
                  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
});

interface Turn {
  text: string;
  readonly calls: Map<number, { id: string; name: string; input: string }>;
  end: string | undefined;
  inputTokens: number;
  outputTokens: number;
}

function take(turn: Turn, event: z.infer<typeof chunk>): void {
  if (event.error) {
    throw new ModelError("refused", { detail: JSON.stringify(event.error).slice(0, 300) });
  }
  turn.inputTokens = event.usage?.prompt_tokens ?? turn.inputTokens;
  turn.outputTokens = event.usage?.completion_tokens ?? turn.outputTokens;
  const choice = event.choices?.[0];
  turn.text += choice?.delta?.content ?? "";
  for (const part of choice?.delta?.tool_calls ?? []) {
    const index = part.index ?? 0;
    const call = turn.calls.get(index) ?? { id: "", name: "", input: "" };
    call.id ||= part.id ?? "";
    call.name ||= part.function?.name ?? "";
    call.input += part.function?.arguments ?? "";
    turn.calls.set(index, call);
  }
  turn.end = choice?.finish_reason ?? turn.end;
}

async function readTurn(response: Response, call: ModelCall, onText: (text: string) => void): Promise<Turn> {
  const turn: Turn = { text: "", calls: new Map(), end: undefined, inputTokens: 0, outputTokens: 0 };
  for await (const data of eventData(response, call)) {
    if (data === "[DONE]") {
      break;
    }
    const event = chunk.safeParse(objectOf(data));
    if (!event.success) {
      throw new ModelError("malformed", { cause: event.error });
    }
    const before = turn.text.length;
    take(turn, event.data);
    if (turn.text.length > before) {
      call.wordsCame();
      onText(turn.text);
    }
  }
  return turn;
}

type Body = Record<string, unknown>;

/** Newer models of OpenAI refuse what older ones and all other vendors want; they say so, and are asked once more. */
function amended(body: Body, error: unknown): Body | undefined {
  const detail = error instanceof ModelError && error.failure === "refused" ? (error.options.detail ?? "") : "";
  if (!detail.startsWith("400")) {
    return undefined;
  }
  const { max_tokens: limit, temperature, stream_options: usage, ...rest } = body;
  if (limit !== undefined && /max_completion_tokens/u.test(detail)) {
    return { ...rest, stream_options: usage, max_completion_tokens: limit };
  }
  if (usage !== undefined && /stream_options/u.test(detail)) {
    return { ...rest, temperature, max_tokens: limit };
  }
  return undefined;
}

function addressOf(settings: OpenAiSettings): { url: string; headers: Record<string, string> } {
  const base = settings.baseUrl.replace(/\/+$/u, "").replace(/\/chat\/completions$/u, "");
  if (settings.azureApiVersion !== undefined) {
    const deployment = encodeURIComponent(settings.model);
    const version = encodeURIComponent(settings.azureApiVersion);
    return {
      url: `${base}/openai/deployments/${deployment}/chat/completions?api-version=${version}`,
      headers: { ...settings.headers, ...(settings.apiKey && { "api-key": settings.apiKey }) },
    };
  }
  return {
    url: `${base}/chat/completions`,
    headers: { ...settings.headers, ...(settings.apiKey && { authorization: `Bearer ${settings.apiKey}` }) },
  };
}

function bodyOf(settings: OpenAiSettings, request: AnswerRequest, messages: readonly unknown[], last: boolean): Body {
  const tools = (settings.tools ? request.tools : undefined)?.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters },
  }));
  return {
    ...(settings.azureApiVersion === undefined && { model: settings.model }),
    messages,
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.2,
    max_tokens: OUTPUT_TOKENS,
    ...(tools && tools.length > 0 && !last && { tools }),
  };
}

function checkedEnd(turn: Turn): void {
  if (turn.end === "content_filter") {
    throw new ModelError("filtered");
  }
  if (turn.end === undefined || turn.end === "length" || (turn.text.trim() === "" && turn.calls.size === 0)) {
    throw new ModelError("cut");
  }
}

const asCalls = (turn: Turn): ToolCall[] => [...turn.calls].sort(([a], [b]) => a - b).map(([, call]) => call);

const toolTurn = (turn: Turn, calls: readonly ToolCall[]) => ({
  role: "assistant",
  content: turn.text || null,
  tool_calls: calls.map(({ id, name, input }) => ({ id, type: "function", function: { name, arguments: input } })),
});

/**
 * Any service that speaks OpenAI's chat completions (OpenAI, DeepSeek, Qwen, Kimi, Zhipu, TraeCN …), or Azure's form of
 * it. Streams, runs tools, and believes nothing it receives (docs of the protocol: openai-openapi, 2026-08).
 */
export function createOpenAiModel(settings: OpenAiSettings): AnswerModel {
  const to = { ...addressOf(settings), fetch: settings.fetch ?? fetch };
  let amend: ((body: Body) => Body) | undefined;

  async function ask(call: ModelCall, body: Body): Promise<Response> {
    try {
      return await post(call, to, amend ? amend(body) : body);
    } catch (error) {
      const other = amended(body, error);
      if (amend || !other) {
        throw error;
      }
      amend = (later) => amended(later, error) ?? later;
      return post(call, to, other);
    }
  }

  async function answer(request: AnswerRequest, call: ModelCall): Promise<ModelAnswer> {
    const messages: unknown[] = [{ role: "system", content: request.system }, ...request.messages];
    let inputTokens = 0;
    let outputTokens = 0;
    for (let round = 0; round <= ROUNDS_MAX; round += 1) {
      const body = bodyOf(settings, request, messages, round === ROUNDS_MAX);
      const turn = await readTurn(await ask(call, body), call, (text) => request.onText(text, PLAIN));
      inputTokens += turn.inputTokens;
      outputTokens += turn.outputTokens;
      checkedEnd(turn);
      if (turn.calls.size === 0) {
        const provider = { id: settings.id, name: settings.name };
        return { text: turn.text, inputTokens, outputTokens, firstMs: call.firstMs, provider, sources: [] };
      }
      const calls = asCalls(turn);
      const results = await runTools(settings.tools ? (request.tools ?? []) : [], calls);
      messages.push(
        toolTurn(turn, calls),
        ...results.map(({ id, result }) => ({ role: "tool", tool_call_id: id, content: result })),
      );
    }
    throw new ModelError("tool_loop");
  }

  return {
    name: settings.name,
    nature: PLAIN,
    streamAnswer: (request) => withinLimits(settings.firstTextMs, request, (call) => answer(request, call)),
  };
}
