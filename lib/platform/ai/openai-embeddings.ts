import { EmbeddingError, embeddingErrorOf } from "./embedding-error";
import { refusalOf } from "./model-call";

export interface OpenAiEmbeddingSettings {
  /** Up to and without `/embeddings`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly model: string;
  /** Numbers of a vector; null: as many as the model gives. */
  readonly dimensions: number | null;
  readonly fetch?: typeof fetch;
}

export interface Embedded {
  /** As the service gave them, of one dimension and with finite numbers. */
  readonly vectors: readonly Float32Array[];
  /** 0 where the service does not count. */
  readonly tokens: number;
  readonly ms: number;
}

/** The SDK weighs megabytes and most installations have no service: it is loaded with the first text. */
async function loadSdk() {
  const [sdk, { createOpenAI }] = await Promise.all([import("ai"), import("@ai-sdk/openai")]);
  return { sdk, createOpenAI };
}

/** Loads what the first call needs, so that no question waits for it. */
export async function prepareEmbeddings(): Promise<void> {
  await loadSdk();
}

interface Item {
  readonly index: number;
  readonly embedding: readonly unknown[];
}

function itemsOf(text: string): { readonly items: readonly Item[]; readonly usage: unknown } {
  if (/^\s*</u.test(text)) {
    throw new EmbeddingError("web_page");
  }
  let body: { data?: unknown; usage?: unknown };
  try {
    body = JSON.parse(text) as typeof body;
  } catch (error) {
    throw new EmbeddingError(/\b(?:NaN|Infinity)\b/u.test(text) ? "not_numbers" : "malformed", { cause: error });
  }
  const data: unknown = body?.data;
  if (!Array.isArray(data)) {
    throw new EmbeddingError("malformed", { detail: text.slice(0, 300) });
  }
  const items = data.map((each: { index?: unknown; embedding?: unknown } | null, place) => {
    if (!Array.isArray(each?.embedding)) {
      throw new EmbeddingError("malformed");
    }
    return { index: typeof each.index === "number" ? each.index : place, embedding: each.embedding };
  });
  return { items: items.sort((one, other) => one.index - other.index), usage: body.usage };
}

/** Says in words what would be a crash, or a wrong order of entries, further on. */
function checked(items: readonly Item[], texts: number, dimensions: number | null): void {
  if (items.length !== texts) {
    throw new EmbeddingError("count", { detail: `${items.length} / ${texts}` });
  }
  const dimension = dimensions ?? items[0]?.embedding.length ?? 0;
  for (const { embedding } of items) {
    if (embedding.length !== dimension || dimension === 0) {
      throw new EmbeddingError("dimension", { detail: `${embedding.length} / ${dimension}` });
    }
    if (!embedding.every(Number.isFinite) || embedding.every((value) => value === 0)) {
      throw new EmbeddingError("not_numbers");
    }
  }
}

/** How the SDK reaches the service: every answer is read by our own rules before the SDK reads it. */
function requester(settings: OpenAiEmbeddingSettings, texts: number): typeof fetch {
  const ask = settings.fetch ?? fetch;
  return async (url, init) => {
    const response = await ask(url, { ...init, redirect: "error" });
    if (!response.ok) {
      throw await refusalOf(response);
    }
    const { items, usage } = itemsOf(await response.text());
    checked(items, texts, settings.dimensions);
    const tokens = (usage as { prompt_tokens?: unknown } | null | undefined)?.prompt_tokens;
    const body = { data: items, usage: { prompt_tokens: typeof tokens === "number" ? tokens : 0 } };
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  };
}

/**
 * Asks any service that speaks OpenAI's embeddings (OpenAI, Qwen, Zhipu, SiliconFlow, Ollama, vLLM …) for the vectors of
 * some texts, in one call. Believes nothing it receives.
 *
 * @param limitMs longest wait for the whole answer
 * @throws EmbeddingError, whatever went wrong
 */
export async function embedTexts(
  settings: OpenAiEmbeddingSettings,
  texts: readonly string[],
  limitMs: number,
): Promise<Embedded> {
  // Before the clock starts: reading the SDK from the disk is no fault of the service.
  const { sdk, createOpenAI } = await loadSdk();
  const started = performance.now();
  const signal = AbortSignal.timeout(limitMs);
  const openai = createOpenAI({
    baseURL: settings.baseUrl.replace(/\/+$/u, "").replace(/\/embeddings$/u, ""),
    // The SDK wants one; a service on one's own machine may not.
    apiKey: settings.apiKey || "none",
    fetch: requester(settings, texts.length),
  });
  try {
    const { embeddings, usage } = await sdk.embedMany({
      model: openai.embedding(settings.model),
      values: [...texts],
      maxRetries: 0,
      abortSignal: signal,
      ...(settings.dimensions !== null && { providerOptions: { openai: { dimensions: settings.dimensions } } }),
    });
    return {
      vectors: embeddings.map((each) => Float32Array.from(each)),
      tokens: Number.isFinite(usage.tokens) ? usage.tokens : 0,
      ms: Math.round(performance.now() - started),
    };
  } catch (error) {
    throw signal.aborted ? new EmbeddingError("timeout", { cause: error }) : embeddingErrorOf(error);
  }
}
