import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call a route at all; what they may do with a row is decided by the use case.
 *
 * `agent`: a signed-in agent (cookie session); `visitor`: a visitor's signed token; `key`: an API key;
 * `public`: nobody in particular.
 */
export type Audience = "agent" | "visitor" | "key" | "public";

/**
 * One HTTP operation, said once: the route, the typed client, the permission matrix test and the OpenAPI page all
 * read it. Client-safe: imports nothing but zod types.
 */
export interface Contract {
  /** Operation id in OpenAPI: a verb phrase in camelCase. */
  readonly name: string;
  readonly summary: string;
  readonly tag: string;
  readonly method: Method;
  /** Path with `{name}` for each key of `params`. */
  readonly path: string;
  readonly audience: readonly Audience[];
  /** Permission an agent or key needs (lib/identity/permissions.ts); none means any member. */
  readonly permission?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly result: z.ZodType;
  /** Status of a success; 200 unless said. */
  readonly status?: number;
  /** Missing and wrong fields answer 422 instead of 400, as callers of earlier systems expect. */
  readonly unprocessable?: boolean;
  /** Requests per minute and actor; past it 429 with Retry-After. */
  readonly perMinute?: number;
  /** Most bytes of a body; 256 KiB unless said. */
  readonly maxBytes?: number;
}

/** Keeps the literal types of the parts, so that handler and client are typed from the contract alone. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

type Part = "params" | "query" | "body";
type Output<C, Key extends Part> = C extends { readonly [K in Key]: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;
type Input<C, Key extends Part> = C extends { readonly [K in Key]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

/** What a handler receives: every part parsed. */
export interface ContractInput<C extends Contract> {
  readonly params: Output<C, "params">;
  readonly query: Output<C, "query">;
  readonly body: Output<C, "body">;
}

/** What a handler must give back, before the contract's own parse. */
export type ContractResult<C extends Contract> = z.input<C["result"]>;
/** What a client receives. */
export type ContractOutput<C extends Contract> = z.output<C["result"]>;

/** What a client must send. */
export type ContractRequest<C extends Contract> = (C extends { params: z.ZodType }
  ? { params: Input<C, "params"> }
  : object) &
  (C extends { query: z.ZodType } ? { query?: Input<C, "query"> } : object) &
  (C extends { body: z.ZodType } ? { body: Input<C, "body"> } : object);
