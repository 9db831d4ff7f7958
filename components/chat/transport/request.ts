import type { Contract, ContractOutput, ContractRequest } from "@/lib/platform/http/contract";
import type { Endpoint } from "./endpoints";
import { failureFrom, RequestFailure } from "./request-failure";

const PATIENCE_MS = 15_000;

/** Calls an endpoint; throws RequestFailure for everything but success. */
export type Requester = <C extends Contract>(
  endpoint: Endpoint<C>,
  request: ContractRequest<C>,
) => Promise<ContractOutput<C>>;

export interface RequesterOptions {
  /** Read at each call: a session may be renewed. */
  readonly token: () => string | null;
  readonly locale: string;
  readonly fetch?: typeof fetch;
}

interface Parts {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

function addressOf(path: string, { params = {}, query = {} }: Parts): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? "")));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return search ? `${address}?${search}` : address;
}

/** A requester that works in older in-app browsers: no AbortSignal.timeout, no AbortSignal.any. */
export function createRequester({ token, locale, fetch: send = fetch.bind(globalThis) }: RequesterOptions): Requester {
  return async (endpoint, request) => {
    const parts = request as Parts;
    const bearer = token();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
    try {
      const response = await send(addressOf(endpoint.path, parts), {
        method: endpoint.method,
        signal: abort.signal,
        headers: {
          accept: "application/json",
          "accept-language": locale,
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...(parts.body !== undefined && { "content-type": "application/json" }),
        },
        ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
      });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok || body === undefined) {
        throw failureFrom(response.ok ? 502 : response.status, body, response.headers.get("retry-after"));
      }
      return body as never;
    } catch (cause) {
      throw cause instanceof RequestFailure ? cause : new RequestFailure(0, "network", "", { cause });
    } finally {
      clearTimeout(timer);
    }
  };
}
