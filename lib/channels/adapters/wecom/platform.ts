import { z } from "zod";
import { type AdapterContext, ChannelError } from "../../adapter";
import type { FreshToken } from "../../token-source";
import { requestPlatform, withToken } from "../platform-request";
import type { WecomConfig } from "./schema";

const PLATFORM = "https://qyapi.weixin.qq.com";
const TOKEN = "access";

export type WecomContext = AdapterContext<WecomConfig>;
type Answer = Readonly<Record<string, unknown>>;

interface Fault {
  readonly kind: ChannelError["kind"];
  readonly reason: string;
}

const rejected = (reason: string): Fault => ({ kind: "rejected", reason });
const busy: Fault = { kind: "transient", reason: "transient" };
const credentials: Fault = { kind: "auth", reason: "auth" };
const tooLong = rejected("too_long");
const unsupported = rejected("unsupported");
const notPermitted = rejected("no_permission");

/** What each error of the platform means for a message (fact sheet 2.11); any other refuses it. */
const FAULTS: Readonly<Record<number, Fault>> = {
  [-1]: busy,
  45009: busy,
  45033: busy,
  40001: credentials,
  40013: credentials,
  40014: credentials,
  41001: credentials,
  41002: credentials,
  41004: credentials,
  42001: credentials,
  60020: credentials,
  40007: unsupported,
  40008: unsupported,
  44004: unsupported,
  95008: unsupported,
  95009: unsupported,
  45001: tooLong,
  45002: tooLong,
  40096: rejected("blocked"),
  95001: rejected("limit_reached"),
  95002: rejected("window_closed"),
  95003: rejected("quota"),
  95013: rejected("session_over"),
  95018: rejected("taken_outside"),
  48002: notPermitted,
  60011: notPermitted,
  95000: notPermitted,
  95004: notPermitted,
  95012: notPermitted,
  95017: notPermitted,
};

/** Errors after which a new token helps. */
const STALE_TOKEN: readonly number[] = [40014, 42001];

/** A refusal of the platform, with its number. */
export class WecomError extends ChannelError {
  constructor(
    readonly code: number,
    message: string,
  ) {
    const known = FAULTS[code] ?? rejected("rejected");
    super(known.kind, `errcode ${code}: ${message.replace(/\s*,?\s*hint:.*$/s, "").slice(0, 200)}`, known.reason);
    this.name = "WecomError";
    this.said = message.slice(0, 500);
  }

  /** All of the platform's own words. */
  readonly said: string;

  /** True for a number that the fact sheet knows. */
  get isKnown(): boolean {
    return Object.hasOwn(FAULTS, this.code);
  }
}

const refusal = z.object({ errcode: z.number(), errmsg: z.string().default("") });

/** One request, without a token. @throws ChannelError */
function request(context: WecomContext, path: string, init: RequestInit): Promise<Response> {
  return requestPlatform(context, context.config.apiBase || PLATFORM, path, init);
}

/** The platform's JSON. @throws WecomError for an errcode; ChannelError transient for what is no JSON object */
export async function answerOf(response: Response): Promise<Answer> {
  const answer: unknown = await response.json().catch(() => undefined);
  const refused = refusal.safeParse(answer);
  if (refused.success && refused.data.errcode !== 0) {
    throw new WecomError(refused.data.errcode, refused.data.errmsg);
  }
  if (typeof answer !== "object" || answer === null) {
    throw new ChannelError("transient", "the platform's answer is no JSON");
  }
  return answer as Answer;
}

const tokenAnswer = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() });

/** A token straight from the platform: the same as long as it is good. @throws ChannelError */
export async function fetchToken(context: WecomContext): Promise<FreshToken> {
  const query = new URLSearchParams({
    corpid: context.config.corpId,
    corpsecret: context.secrets["corpSecret"] ?? "",
  });
  const parsed = tokenAnswer.safeParse(await answerOf(await request(context, `/cgi-bin/gettoken?${query}`, {})));
  if (!parsed.success) {
    throw new ChannelError("transient", "the platform gave no token");
  }
  return { value: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
}

/** The app's access token, the same for all processes. `refused` names one that the platform no longer takes. */
export async function accessToken(context: WecomContext, refused?: string): Promise<string> {
  if (refused !== undefined) {
    await context.tokens.refuse(TOKEN, refused);
  }
  return context.tokens.get(TOKEN, () => fetchToken(context));
}

/**
 * Calls with the access token; a token that is refused is replaced once.
 *
 * @param path with its query, without the token
 * @param read makes the answer; WecomErrors about the token lead to the second try
 * @throws ChannelError
 */
export function callWith<Result>(
  context: WecomContext,
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  const tokens = {
    get: (refused?: string) => accessToken(context, refused),
    isStale: (error: unknown) => error instanceof WecomError && STALE_TOKEN.includes(error.code),
  };
  return withToken(tokens, path, async (withIt) => read(await request(context, withIt, init)));
}

/** The same for a JSON call, held to a schema. @throws ChannelError transient for an answer of another shape */
export async function callKf<Schema extends z.ZodType>(
  context: WecomContext,
  name: string,
  body: unknown,
  schema: Schema,
): Promise<z.output<Schema>> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = schema.safeParse(await callWith(context, `/cgi-bin/kf/${name}`, init, answerOf));
  if (!answer.success) {
    throw new ChannelError("transient", `the platform's answer to ${name} has another shape`);
  }
  return answer.data;
}
