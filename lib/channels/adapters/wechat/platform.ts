import { z } from "zod";
import { type AdapterContext, ChannelError } from "../../adapter";
import { requestPlatform, withToken } from "../platform-request";
import type { WeixinConfig } from "./schema";

export const PLATFORM = "https://api.weixin.qq.com";
const TOKEN = "access";

type Context = AdapterContext<WeixinConfig>;
export type Answer = Readonly<Record<string, unknown>>;

interface Fault {
  readonly kind: ChannelError["kind"];
  readonly reason: string;
}

const fault = (kind: Fault["kind"], reason: string): Fault => ({ kind, reason });
const blocked = fault("rejected", "blocked");
const tooLong = fault("rejected", "too_long");
const credentials = fault("auth", "auth");
const busy = fault("transient", "transient");

/** What each error of the platform means for a message (fact sheet 1.13); any other refuses it. */
const FAULTS: Readonly<Record<number, Fault>> = {
  [-1]: busy,
  45011: busy,
  50001: fault("rejected", "no_permission"),
  40001: credentials,
  40013: credentials,
  40014: credentials,
  40125: credentials,
  40164: credentials,
  40243: credentials,
  41001: credentials,
  42001: credentials,
  50002: credentials,
  89503: credentials,
  40003: blocked,
  43004: blocked,
  40037: fault("rejected", "template_unknown"),
  41030: fault("rejected", "template_invalid"),
  43116: fault("rejected", "template_unknown"),
  47003: fault("rejected", "template_invalid"),
  43019: blocked,
  43101: fault("rejected", "not_agreed"),
  46004: blocked,
  48002: blocked,
  50005: blocked,
  40008: fault("rejected", "unsupported"),
  40004: fault("rejected", "unsupported"),
  44004: fault("rejected", "unsupported"),
  45001: tooLong,
  45002: tooLong,
  45008: tooLong,
  45009: fault("rejected", "quota"),
  45015: fault("rejected", "window_closed"),
  45047: fault("rejected", "limit_reached"),
  48001: fault("rejected", "no_permission"),
  48004: fault("rejected", "no_permission"),
  48008: fault("rejected", "no_permission"),
};

/** Errors that say the token is no longer good: it is replaced once and the call made again. */
const STALE_TOKEN = [40001, 40014, 42001];

/** A refusal of the platform, with its number. */
export class WeixinError extends ChannelError {
  constructor(
    readonly code: number,
    message: string,
  ) {
    const known = FAULTS[code] ?? fault("rejected", "rejected");
    super(known.kind, `errcode ${code}: ${message.replace(/\s*(rid|hint):.*$/s, "").slice(0, 200)}`, known.reason);
    this.name = "WeixinError";
  }
}

const refusal = z.object({ errcode: z.number(), errmsg: z.string().default("") });

/** Address of the platform, or of what stands in for it. */
export function baseOf(context: Context): string {
  return (context.config.apiBase || PLATFORM).replace(/\/+$/, "");
}

/** One request, without a token. @throws ChannelError */
export function request(context: Context, path: string, init: RequestInit = {}): Promise<Response> {
  return requestPlatform(context, baseOf(context), path, init);
}

/** The platform's JSON. @throws WeixinError for an errcode; ChannelError transient for what is no JSON */
export async function answerOf(response: Response): Promise<Answer> {
  let answer: unknown;
  try {
    answer = await response.json();
  } catch {
    throw new ChannelError("transient", "the platform's answer is no JSON");
  }
  const refused = refusal.safeParse(answer);
  if (refused.success && refused.data.errcode !== 0) {
    throw new WeixinError(refused.data.errcode, refused.data.errmsg);
  }
  if (typeof answer !== "object" || answer === null) {
    throw new ChannelError("transient", "the platform's answer is no object");
  }
  return answer as Answer;
}

/** Posts JSON as the platform wants it: characters as they are, none escaped. */
export function jsonBody(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** A token straight from the platform. @param refresh makes a new one and ends the old (at most 20 a day) */
export async function fetchToken(context: Context, refresh: boolean) {
  const { appId } = context.config;
  const body = { grant_type: "client_credential", appid: appId, secret: context.secrets["appSecret"] ?? "" };
  const response = await request(context, "/cgi-bin/stable_token", jsonBody({ ...body, force_refresh: refresh }));
  const parsed = tokenAnswer.safeParse(await answerOf(response));
  if (!parsed.success) {
    throw new ChannelError("transient", "the platform gave no token");
  }
  return { value: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
}

/** The app's access token, the same for all processes. `refused` names one that the platform no longer takes. */
export async function accessToken(context: Context, refused?: string): Promise<string> {
  if (refused !== undefined) {
    await context.tokens.refuse(TOKEN, refused);
  }
  return context.tokens.get(TOKEN, async () => {
    const fresh = await fetchToken(context, false);
    // The platform may still hand out the one it refuses; then it has to make another.
    return fresh.value === refused ? fetchToken(context, true) : fresh;
  });
}

/**
 * Calls with the access token; a token that is refused is replaced once.
 *
 * @param path with its query, without the token
 * @param read makes the answer; WeixinErrors about the token lead to the second try
 */
export function callWith<Result>(
  context: Context,
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  const tokens = {
    get: (refused?: string) => accessToken(context, refused),
    isStale: (error: unknown) => error instanceof WeixinError && STALE_TOKEN.includes(error.code),
  };
  return withToken(tokens, path, async (withIt) => read(await request(context, withIt, init)));
}

/** The same for a JSON call. */
export function callJson(context: Context, path: string, body: unknown): Promise<Answer> {
  return callWith(context, path, jsonBody(body), answerOf);
}
