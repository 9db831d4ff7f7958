import { z } from "zod";
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { Audience, Contract } from "@/lib/platform/http/contract";
import { problem } from "@/lib/platform/http/problem";

/** What `createDocument` gives back; the type has no name of its own in the package. */
export type ApiDocument = ReturnType<typeof createDocument>;
export type ApiPaths = ZodOpenApiPathsObject;

/** How each audience proves who it is: names of the security schemes below. */
const SCHEMES: Record<Audience, readonly string[]> = {
  agent: ["session"],
  visitor: ["visitorToken"],
  key: ["apiKey", "apiKeyHeader"],
  public: [],
};

const SECURITY_SCHEMES = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "yingda.session",
    description:
      "Cookie of a signed-in agent (`__Host-yingda.session` over https). Requests that change something need an Origin of this site.",
  },
  visitorToken: {
    type: "http",
    scheme: "bearer",
    description: "Token of a visitor's session, from startChatSession.",
  },
  apiKey: { type: "http", scheme: "bearer", description: "API key of a merchant, `yd_…`, limited to its scopes." },
  apiKeyHeader: { type: "apiKey", in: "header", name: "X-Api-Key", description: "The same API key in its own header." },
} as const;

/** What can go wrong, by status; all of them are problem documents (RFC 9457). */
const FAILURES = {
  400: "A field is wrong (`fields` names each), or the body is no JSON",
  401: "Nobody is signed in, or the token or key is not valid",
  403: "Not allowed: the permission or scope is missing, or a change came from another site",
  404: "Not there, or another merchant's",
  409: "Against the present state; `reason` says what",
  413: "The body is too large",
  415: "The body is not of the type that the operation reads",
  429: "Too many requests; Retry-After says in how many seconds to come back",
  503: "The database cannot be reached; come back after Retry-After seconds",
} as const;
type FailureStatus = keyof typeof FAILURES;

const REQUEST_ID = { schema: { type: "string" }, description: "Names this request in the server's log" } as const;

/** The response for one kind of failure, kept once in the components. */
function failure(status: FailureStatus): ZodOpenApiResponseObject {
  const retries = status === 429 || status === 503;
  return {
    id: `problem${status}`,
    description: FAILURES[status],
    headers: {
      "X-Request-Id": REQUEST_ID,
      ...(retries && { "Retry-After": { schema: { type: "integer" }, description: "Seconds" } }),
    },
    content: { "application/problem+json": { schema: problem } },
  };
}

const failures = Object.fromEntries(
  Object.keys(FAILURES).map((status) => [status, failure(Number(status) as FailureStatus)]),
) as Record<FailureStatus, ZodOpenApiResponseObject>;

/** Responses for the failures that an operation without a contract lists. */
export function failuresOf(...statuses: readonly FailureStatus[]): ZodOpenApiResponsesObject {
  return Object.fromEntries(statuses.map((status) => [String(status), failures[status]]));
}

/** The ways an audience may prove itself, any one of them; an open operation says so with an empty requirement. */
export function securityOf(audience: readonly Audience[]): Record<string, string[]>[] {
  const ways = audience.flatMap((each) => SCHEMES[each]).map((name) => ({ [name]: [] }));
  return audience.includes("public") ? [{}, ...ways] : ways;
}

const idempotencyKey = z
  .string()
  .regex(/^[\w-]{8,128}$/)
  .optional()
  .meta({
    description: "Repeating a request with the same key and body answers the first result instead of doing it twice",
    param: { id: "IdempotencyKey", in: "header", name: "Idempotency-Key" },
  });

function failuresFor(contract: Contract): ZodOpenApiResponsesObject {
  const isOpen = contract.audience.includes("public");
  return failuresOf(
    ...(contract.params || contract.query || contract.body ? ([400] as const) : []),
    ...(isOpen ? [] : ([401, 403] as const)),
    ...(contract.params ? ([404] as const) : []),
    ...(contract.method === "GET" ? [] : ([409] as const)),
    ...(contract.body ? ([413, 415] as const) : []),
    429,
    503,
  );
}

function operationOf(contract: Contract): ZodOpenApiOperationObject {
  return {
    operationId: contract.name,
    summary: contract.summary,
    tags: [contract.tag],
    security: securityOf(contract.audience),
    requestParams: {
      ...(contract.params && { path: contract.params }),
      ...(contract.query && { query: contract.query }),
    },
    ...(contract.method === "POST" && { parameters: [idempotencyKey] }),
    ...(contract.body && {
      requestBody: { required: true, content: { "application/json": { schema: contract.body } } },
    }),
    responses: {
      [String(contract.status ?? 200)]: {
        description: "Done",
        headers: { "X-Request-Id": REQUEST_ID },
        content: { "application/json": { schema: contract.result } },
      },
      ...failuresFor(contract),
    },
    "x-audience": contract.audience,
    ...(contract.permission && { "x-permission": contract.permission }),
    ...(contract.perMinute && { "x-requests-per-minute": contract.perMinute }),
  };
}

/** What zod says more than a reader needs: the bounds of every safe integer, the expression behind a format. */
const tidy: CreateDocumentOptions["override"] = ({ jsonSchema, io }) => {
  if (Math.abs(Number(jsonSchema.minimum)) === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.minimum;
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.maximum;
  }
  if (jsonSchema.format) {
    delete jsonSchema.pattern;
  }
  // A later version may answer more fields; a client must not break on them.
  if (io === "output" && jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
};

/** Schemas that stand once in the document, by name; zod instances, recognised wherever a contract uses them. */
export type NamedSchemas = Readonly<Record<string, z.ZodType>>;

/**
 * The OpenAPI 3.1 document of the API, made from the contracts alone: what it says is what the server checks.
 *
 * @param contracts operations with a contract
 * @param plain paths that read something else than JSON (uploads, webhooks), described by hand
 * @param schemas shapes to name instead of repeating
 * @throws Error when two contracts claim the same method and path
 */
export function openApiDocument(
  contracts: readonly Contract[],
  plain: ZodOpenApiPathsObject,
  schemas: NamedSchemas,
): ApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const contract of contracts) {
    const method = contract.method.toLowerCase() as "get" | "post" | "put" | "patch" | "delete";
    const path = paths[contract.path] ?? {};
    if (path[method]) {
      throw new Error(`${contract.method} ${contract.path} has two contracts`);
    }
    paths[contract.path] = { ...path, [method]: operationOf(contract) };
  }
  const source: ZodOpenApiObject = {
    openapi: "3.1.1",
    info: {
      title: "Yingda 应答",
      version: "1.0.0",
      summary: "Customer service over web chat, apps and messaging platforms",
      description:
        "Every error is a problem document (RFC 9457) in the language of Accept-Language, with a stable `reason`. Lists are paged by cursor. Times are ISO 8601 in UTC, money is in minor units.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This installation" }],
    tags: [...new Set(contracts.map(({ tag }) => tag))].sort().map((name) => ({ name })),
    paths: { ...paths, ...plain },
    components: { schemas: { Problem: problem, ...schemas }, securitySchemes: SECURITY_SCHEMES },
  };
  return createDocument(source, { override: tidy });
}
