import { z } from "zod";
import { type AnswerModel, type AnswerRequest, type ModelAnswer, ModelError } from "./answer-model";
import { eventData, type ModelCall, objectOf, post, withinLimits } from "./model-call";

export interface DifySettings {
  readonly id: string;
  readonly name: string;
  /** With `/v1`; a key belongs to one app. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Agent apps answer streams only, and proxies cut long silences. */
  readonly streaming: boolean;
  /** The app's knowledge counts as a source even where it does not show what it read. */
  readonly trusted: boolean;
  readonly firstTextMs: number;
  readonly fetch?: typeof fetch;
}

const metadata = z
  .object({
    usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
    retriever_resources: z.array(z.object({ content: z.string().nullish() })).nullish(),
  })
  .nullish();

/** One event of a stream, or the whole of a blocking answer. */
const said = z.object({
  event: z.string().nullish(),
  answer: z.string().nullish(),
  conversation_id: z.string().nullish(),
  metadata,
  code: z.string().nullish(),
  message: z.string().nullish(),
});

interface Answering {
  text: string;
  /** Pieces that it came in. */
  pieces: number;
  thread: string | undefined;
  done: boolean;
  inputTokens: number;
  outputTokens: number;
  sources: string[];
}

function keep(answering: Answering, found: z.infer<typeof said>): void {
  answering.thread = found.conversation_id || answering.thread;
  const { usage, retriever_resources: resources } = found.metadata ?? {};
  answering.inputTokens = usage?.prompt_tokens ?? answering.inputTokens;
  answering.outputTokens = usage?.completion_tokens ?? answering.outputTokens;
  answering.sources.push(...(resources ?? []).flatMap(({ content }) => (content ? [content] : [])));
}

/** Shorter ones may be said twice ("好好休息"). */
const WHOLE_FROM = 8;

/** Newer agent apps repeat the whole answer at the end. */
const isRepeated = ({ text, pieces }: Answering, piece: string): boolean =>
  piece === text && pieces > 1 && text.length >= WHOLE_FROM;

/** @returns true when the text changed */
function take(answering: Answering, found: z.infer<typeof said>): boolean {
  keep(answering, found);
  switch (found.event) {
    case "message":
    case "agent_message":
      if (!found.answer || isRepeated(answering, found.answer)) {
        return false;
      }
      answering.text += found.answer;
      answering.pieces += 1;
      return true;
    case "message_replace":
      answering.text = found.answer ?? "";
      return true;
    case "message_end":
      answering.done = true;
      return false;
    case "error":
      throw new ModelError("refused", { detail: [found.code, found.message].filter(Boolean).join(": ") });
    default:
      return false;
  }
}

async function readStream(response: Response, call: ModelCall, onText: (text: string) => void): Promise<Answering> {
  const answering: Answering = {
    text: "",
    pieces: 0,
    thread: undefined,
    done: false,
    inputTokens: 0,
    outputTokens: 0,
    sources: [],
  };
  for await (const data of eventData(response, call)) {
    const parsed = said.safeParse(objectOf(data));
    if (!parsed.success) {
      throw new ModelError("malformed", { cause: parsed.error });
    }
    if (take(answering, parsed.data)) {
      call.wordsCame();
      onText(answering.text);
    }
  }
  return answering;
}

async function readWhole(response: Response, call: ModelCall): Promise<Answering> {
  const parsed = said.safeParse(objectOf(await response.text()));
  if (!parsed.success) {
    throw new ModelError("malformed", { cause: parsed.error });
  }
  const answering = { text: parsed.data.answer ?? "", pieces: 1, thread: undefined, inputTokens: 0, outputTokens: 0 };
  const whole: Answering = { ...answering, done: true, sources: [] };
  keep(whole, parsed.data);
  call.wordsCame();
  return whole;
}

const isLost = (error: unknown): boolean =>
  error instanceof ModelError && /Conversation Not Exists|conversation_completed/iu.test(error.options.detail ?? "");

/**
 * A Dify app. Its conversation is kept (`threads`), and begun anew once when Dify has forgotten or closed it
 * (langgenius/dify-docs, service API, 2026-07).
 */
export function createDifyModel(settings: DifySettings): AnswerModel {
  const to = {
    url: `${settings.baseUrl.replace(/\/+$/u, "")}/chat-messages`,
    headers: { authorization: `Bearer ${settings.apiKey}` },
    fetch: settings.fetch ?? fetch,
  };

  const nature = { ownKnowledge: true, trusted: settings.trusted, chatOnly: false };

  async function ask(request: AnswerRequest, call: ModelCall, thread: string | undefined): Promise<Answering> {
    const response = await post(call, to, {
      inputs: {},
      query: request.question,
      user: request.user,
      response_mode: settings.streaming ? "streaming" : "blocking",
      ...(thread && { conversation_id: thread }),
    });
    return settings.streaming
      ? readStream(response, call, (text) => request.onText(text, nature))
      : readWhole(response, call);
  }

  async function askInThread(request: AnswerRequest, call: ModelCall): Promise<Answering> {
    const thread = await request.threads?.get(settings.id);
    try {
      return await ask(request, call, thread);
    } catch (error) {
      if (!thread || !isLost(error)) {
        throw error;
      }
      await request.threads?.set(settings.id, undefined);
      return ask(request, call, undefined);
    }
  }

  async function answer(request: AnswerRequest, call: ModelCall): Promise<ModelAnswer> {
    const { text, thread, done, inputTokens, outputTokens, sources } = await askInThread(request, call);
    if (!done || text.trim() === "") {
      throw new ModelError("cut");
    }
    if (thread) {
      await request.threads?.set(settings.id, thread);
    }
    const provider = { id: settings.id, name: settings.name };
    return { text, inputTokens, outputTokens, firstMs: call.firstMs, provider, sources };
  }

  return {
    name: settings.name,
    nature,
    streamAnswer: (request) => withinLimits(settings.firstTextMs, request, (call) => answer(request, call)),
  };
}
