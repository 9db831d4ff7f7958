import type { Contract, ContractOutput, ContractRequest } from "./contract";
import type { Problem } from "./problem";

/** What a call that did not succeed throws. `problem.reason` "network" means no answer came at all. */
export class RequestFailed extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.reason}`);
    this.name = "RequestFailed";
  }

  /** True when trying again later may work: no answer, overload, or the server said so. */
  get retryable(): boolean {
    return this.problem.status === 0 || this.problem.status === 429 || this.problem.status >= 502;
  }
}

export interface ClientOptions {
  /** Base address; empty in the browser. */
  readonly baseUrl?: string;
  /** Visitor token or API key, read at each call because a session may be renewed. */
  readonly token?: () => string | undefined;
  readonly fetch?: typeof fetch;
  /** Milliseconds before a call counts as failed; 15 s unless said. */
  readonly timeoutMs?: number;
}

function addressOf(
  contract: Contract,
  request: { params?: Record<string, unknown>; query?: Record<string, unknown> },
): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(request.params?.[key] ?? "")),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== null && value !== "") {
      search.set(key, String(value));
    }
  }
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

async function failureOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  // Looked at by hand: a zod schema here would put the whole of zod on the visitor's page.
  if (typeof body === "object" && body !== null && "reason" in body && "status" in body) {
    return body as Problem;
  }
  return { type: "about:blank", title: response.statusText, status: response.status, reason: "internal", detail: "" };
}

/**
 * A client whose calls are typed by the contracts. Isomorphic: the browser, the CLI and the tests use this one.
 *
 * @returns `call(contract, { params, query, body })`, which answers the contract's result or throws RequestFailed.
 * Responses are not parsed again here: the server's route already held them to the contract, and the zod schemas
 * would weigh on the visitor's page.
 */
export function createClient(options: ClientOptions = {}) {
  const send = options.fetch ?? fetch;
  return async function call<C extends Contract>(
    contract: C,
    request: ContractRequest<C>,
    signal?: AbortSignal,
  ): Promise<ContractOutput<C>> {
    const parts = request as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
    const headers: Record<string, string> = { accept: "application/json" };
    const token = options.token?.();
    if (token) {
      headers.authorization = `Bearer ${token}`;
    }
    if (parts.body !== undefined) {
      headers["content-type"] = "application/json";
    }
    const timeout = AbortSignal.timeout(options.timeoutMs ?? 15_000);
    let response: Response;
    try {
      response = await send(`${options.baseUrl ?? ""}${addressOf(contract, parts)}`, {
        method: contract.method,
        headers,
        body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } catch (cause) {
      throw new RequestFailed({ type: "about:blank", title: String(cause), status: 0, reason: "network", detail: "" });
    }
    if (!response.ok) {
      throw new RequestFailed(await failureOf(response));
    }
    return (response.status === 204 ? undefined : await response.json()) as ContractOutput<C>;
  };
}
