import { ModelError } from "./answer-model";
import { type ModelCall, post } from "./model-call";

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

/** Tells the call of every byte, so that keep-alives count as life. */
function tapped(response: Response, call: ModelCall): Response {
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      call.alive();
      controller.enqueue(bytes);
    },
  });
  return new Response(response.body?.pipeThrough(tap) ?? null, { status: response.status, headers: response.headers });
}

/**
 * How the SDK reaches the service: at the address and with the headers that are ours to choose, once more in another
 * form where a service asks for that, and with every refusal read by our own rules.
 */
export function createRequester(settings: OpenAiSettings): (call: ModelCall) => typeof fetch {
  const to = addressOf(settings);
  const ask = settings.fetch ?? fetch;
  let amend: ((body: Body) => Body) | undefined;

  return (call) => {
    const send = (body: Body) => post(call, { ...to, fetch: ask }, body);
    return async (_url, init) => {
      const { model, ...rest } = JSON.parse(String(init?.body)) as Body;
      const body = settings.azureApiVersion === undefined ? { model, ...rest } : rest;
      try {
        return tapped(await send(amend ? amend(body) : body), call);
      } catch (error) {
        const other = amended(body, error);
        if (amend || !other) {
          throw error;
        }
        amend = (later) => amended(later, error) ?? later;
        return tapped(await send(other), call);
      }
    };
  };
}
