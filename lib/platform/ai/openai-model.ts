import type { ModelMessage, ToolSet } from "ai";
import {
  type AnswerModel,
  type AnswerRequest,
  type ModelAnswer,
  ModelError,
  type ModelTool,
  PLAIN,
} from "./answer-model";
import { type ModelCall, withinLimits } from "./model-call";
import { createRequester, type OpenAiSettings } from "./openai-request";
import { ROUNDS_MAX, runTools, type ToolCall } from "./tool-loop";

const OUTPUT_TOKENS = 600;

interface Service {
  readonly settings: OpenAiSettings;
  readonly requester: ReturnType<typeof createRequester>;
}

/** The SDK weighs megabytes and most installations have no model: it is loaded with the first question. */
async function loadSdk() {
  const [sdk, { createOpenAI }] = await Promise.all([import("ai"), import("@ai-sdk/openai")]);
  return { sdk, createOpenAI };
}

interface Turn {
  text: string;
  readonly calls: ToolCall[];
  end: string | undefined;
  inputTokens: number;
  outputTokens: number;
}

/** Nothing a model asks for runs inside the SDK: the rounds, their limit and their results are ours (tool-loop.ts). */
function offered(sdk: typeof import("ai"), tools: readonly ModelTool[]): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, parameters }) => [
      name,
      sdk.tool({ description, inputSchema: sdk.jsonSchema(parameters) }),
    ]),
  );
}

/** What an error of the SDK means: ours stand somewhere in its causes, what a service said is named by its kind. */
function ownError(error: unknown): unknown {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && typeof current === "object" && current !== null; depth += 1) {
    if (current instanceof ModelError) {
      return current;
    }
    const { name, message, cause } = current as { name?: string; message?: string; cause?: unknown };
    if (name === "AI_JSONParseError" || name === "AI_TypeValidationError") {
      return new ModelError("malformed", { cause: error });
    }
    if (name === "AI_StreamProviderError") {
      return new ModelError("refused", { cause: error, detail: message?.slice(0, 300) });
    }
    current = cause;
  }
  return error;
}

function checkedEnd(turn: Turn): void {
  if (turn.end === "content-filter") {
    throw new ModelError("filtered");
  }
  const isWhole = turn.end === "stop" || turn.end === "tool-calls";
  if (!isWhole || (turn.text.trim() === "" && turn.calls.length === 0)) {
    throw new ModelError("cut");
  }
}

/** What a model wrote as arguments, as text again: it may be broken, and our loop answers for that. */
const writtenInput = (input: unknown): string => (typeof input === "string" ? input : JSON.stringify(input ?? {}));

function toolMessages(
  turn: Turn,
  results: readonly { readonly id: string; readonly result: string }[],
): ModelMessage[] {
  const nameOf = (id: string) => turn.calls.find((call) => call.id === id)?.name ?? "";
  return [
    {
      role: "assistant",
      content: [
        ...(turn.text ? [{ type: "text" as const, text: turn.text }] : []),
        ...turn.calls.map(({ id, name, input }) => ({
          type: "tool-call" as const,
          toolCallId: id,
          toolName: name,
          input: parsedOr(input),
        })),
      ],
    },
    {
      role: "tool",
      content: results.map(({ id, result }) => ({
        type: "tool-result" as const,
        toolCallId: id,
        toolName: nameOf(id),
        output: { type: "text" as const, value: result },
      })),
    },
  ];
}

function parsedOr(input: string): unknown {
  try {
    return JSON.parse(input === "" ? "{}" : input);
  } catch {
    return {};
  }
}

/** One turn of the model: its words as they come, what it asks for, how it ended. */
async function readTurn(
  { settings, requester }: Service,
  request: AnswerRequest,
  call: ModelCall,
  messages: readonly ModelMessage[],
  tools: readonly ModelTool[],
): Promise<Turn> {
  const { sdk, createOpenAI } = await loadSdk();
  const provider = createOpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.apiKey ?? "none",
    fetch: requester(call),
  });
  const turn: Turn = { text: "", calls: [], end: undefined, inputTokens: 0, outputTokens: 0 };
  const { stream } = sdk.streamText({
    model: provider.chat(settings.model),
    instructions: request.system,
    messages: [...messages],
    maxOutputTokens: OUTPUT_TOKENS,
    temperature: 0.2,
    // The customer waits: the next provider of the chain is the second try.
    maxRetries: 0,
    abortSignal: call.signal,
    onError: () => undefined,
    ...(tools.length > 0 && { tools: offered(sdk, tools) }),
  });
  for await (const part of stream) {
    if (part.type === "text-delta") {
      turn.text += part.text;
      call.wordsCame();
      request.onText(turn.text, PLAIN);
    } else if (part.type === "tool-call") {
      turn.calls.push({ id: part.toolCallId, name: part.toolName, input: writtenInput(part.input) });
    } else if (part.type === "error") {
      throw ownError(part.error);
    } else if (part.type === "finish") {
      turn.end = part.finishReason;
      turn.inputTokens = part.totalUsage.inputTokens ?? 0;
      turn.outputTokens = part.totalUsage.outputTokens ?? 0;
    }
  }
  call.signal.throwIfAborted();
  return turn;
}

/**
 * Any service that speaks OpenAI's chat completions (OpenAI, DeepSeek, Qwen, Kimi, Zhipu, TraeCN …), or Azure's form of
 * it. Streams, runs tools, and believes nothing it receives (docs of the protocol: openai-openapi, 2026-08).
 */
export function createOpenAiModel(settings: OpenAiSettings): AnswerModel {
  const service = { settings, requester: createRequester(settings) };

  async function answer(request: AnswerRequest, call: ModelCall): Promise<ModelAnswer> {
    const messages: ModelMessage[] = [...request.messages];
    const tools = settings.tools ? (request.tools ?? []) : [];
    let inputTokens = 0;
    let outputTokens = 0;
    for (let round = 0; round <= ROUNDS_MAX; round += 1) {
      const turn = await readTurn(service, request, call, messages, round === ROUNDS_MAX ? [] : tools);
      inputTokens += turn.inputTokens;
      outputTokens += turn.outputTokens;
      request.onUsage?.(turn.inputTokens, turn.outputTokens);
      checkedEnd(turn);
      if (turn.calls.length === 0) {
        const provider = { id: settings.id, name: settings.name };
        return { text: turn.text, inputTokens, outputTokens, firstMs: call.firstMs, provider, sources: [] };
      }
      messages.push(...toolMessages(turn, await runTools(tools, turn.calls)));
    }
    throw new ModelError("tool_loop");
  }

  return {
    name: settings.name,
    nature: PLAIN,
    async streamAnswer(request) {
      // Before the clock starts: reading the SDK from the disk is no fault of the service.
      await loadSdk();
      return withinLimits(settings.firstTextMs, request, (call) => answer(request, call));
    },
  };
}
