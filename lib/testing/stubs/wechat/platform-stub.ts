import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TemporaryMedia } from "../temporary-media";
import { type CustomerLedger, customerLedger } from "./customer-ledger";
import { TokenLedger } from "./token-ledger";

export interface StubAccount {
  readonly appId: string;
  readonly appSecret: string;
}

/** A customer service message that the platform took. */
export interface SentMessage {
  readonly touser: string;
  readonly msgtype: string;
  /** Its words: of a text, or of a menu with its items. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the next call of a path meets instead of its rules: an errcode, an HTTP status with a body, or silence. */
export type Trouble =
  | { readonly errcode: number }
  | { readonly status: number; readonly body: string }
  /** Does what was asked, and says so after so many milliseconds. */
  | { readonly after: number }
  /** Answers as usual once this has come to its end; breaks the connection where that is "cut". */
  | { readonly held: Promise<unknown> }
  | "silence"
  | "cut";

export interface PlatformStub {
  /** `http://127.0.0.1:port`: what goes into `apiBase`. */
  readonly url: string;
  readonly sent: SentMessage[];
  /** Paths that were called, in order. */
  readonly calls: string[];
  /** Errcodes that calls were refused with, in order. */
  readonly refusals: number[];
  readonly ledger: CustomerLedger;
  /** Union ids by openid. */
  readonly unionIds: Map<string, string>;
  /** Who saw "typing" begin or end, in order: `openid Typing`. */
  readonly typing: string[];
  /** Tokens that were given out, the last one last. */
  readonly tokens: string[];
  /** From now on no token that was given out counts. */
  expireTokens(): void;
  /** What the next calls of a path (`/cgi-bin/message/custom/send`) meet. */
  trouble(path: string, ...troubles: Trouble[]): void;
  /** Puts a file there as if a customer had sent it. @returns its media id */
  addMedia(bytes: Uint8Array, mime: string): string;
  stop(): Promise<void>;
}

interface State {
  readonly account: StubAccount;
  readonly now: () => number;
  readonly sent: SentMessage[];
  readonly calls: string[];
  readonly refusals: number[];
  readonly tokens: TokenLedger;
  readonly troubles: Map<string, Trouble[]>;
  readonly media: TemporaryMedia<{ readonly bytes: Uint8Array; readonly mime: string }>;
  readonly ledger: CustomerLedger;
  readonly unionIds: Map<string, string>;
  readonly typing: string[];
  templates: number;
}

type Body = Readonly<Record<string, unknown>>;
interface Call {
  readonly state: State;
  readonly url: URL;
  readonly raw: Buffer;
  readonly body: Body;
}

const LIFETIME_SECONDS = 7_200;
const MAX_TEXT_BYTES = 2_048;

const ok = { errcode: 0, errmsg: "ok" };
const TEXTS: Readonly<Record<number, string>> = {
  40001: "invalid credential, access_token is invalid or not latest rid: 66f0-1",
  40007: "invalid media_id rid: 66f0-5",
  41001: "access_token missing rid: 66f0-6",
  42001: "access_token expired rid: 66f0-7",
  45015: "response out of time limit or subscription is canceled rid: 66f0-2",
  45047: "out of response count limit rid: 66f0-3",
  48001: "api unauthorized rid: 66f0-4",
};
const refused = (errcode: number) => ({ errcode, errmsg: TEXTS[errcode] ?? `refused rid: 66f0-${errcode}` });

function credentialsFault({ account }: State, appId: unknown, secret: unknown): number {
  return appId !== account.appId ? 40013 : secret !== account.appSecret ? 40125 : 0;
}

/** The words of a message as the customer sees them. */
function wordsOf(msgtype: string, body: Body): string {
  const content = (body[msgtype] ?? {}) as Readonly<Record<string, unknown>>;
  if (msgtype === "msgmenu") {
    const items = (content["list"] as { content: string }[]).map((item) => item.content);
    return [content["head_content"], ...items].join("\n");
  }
  return String(content["content"] ?? "");
}

function sendCustom({ state, body }: Call): unknown {
  const msgtype = String(body["msgtype"]);
  const content = body[msgtype] as Readonly<Record<string, unknown>> | undefined;
  if (!["text", "image", "voice", "video", "news", "msgmenu", "miniprogrampage", "link"].includes(msgtype)) {
    return refused(40008);
  }
  const text = wordsOf(msgtype, body);
  if (msgtype === "text" && text === "") {
    return refused(44004);
  }
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
    return refused(45002);
  }
  const articles = content?.["articles"];
  if (msgtype === "news" && (!Array.isArray(articles) || articles.length !== 1)) {
    return refused(45008);
  }
  const mediaId = content?.["media_id"] ?? content?.["thumb_media_id"];
  if (["image", "voice", "video", "miniprogrampage"].includes(msgtype) && !state.media.get(String(mediaId))) {
    return refused(40007);
  }
  const fault = state.ledger.spend(String(body["touser"]));
  if (fault !== 0) {
    return refused(fault);
  }
  state.sent.push({ touser: String(body["touser"]), msgtype, text, body });
  return ok;
}

/** Consent is the platform's own business: a test lets it refuse by `trouble` (43101). */
function sendSubscribe({ state, body }: Call): unknown {
  state.templates += 1;
  state.sent.push({ touser: String(body["touser"]), msgtype: "subscribe", text: JSON.stringify(body["data"]), body });
  return { ...ok, msgid: 200_000 + state.templates };
}

function upload({ state, url, raw }: Call): unknown {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.subarray(0, end).toString("utf8");
  const boundary = head.split("\r\n", 1)[0] ?? "";
  if (end < 0 || !/name="media"; filename="[^"]+"/.test(head)) {
    return refused(41005);
  }
  const bytes = raw.subarray(end + 4, raw.lastIndexOf(`\r\n${boundary}--`));
  const mediaId = state.media.add("up", { bytes, mime: /Content-Type: (.*)/.exec(head)?.[1] ?? "" });
  return { type: url.searchParams.get("type"), media_id: mediaId, created_at: Math.floor(state.now() / 1_000) };
}

/** Calls that need no token. */
const OPEN: Readonly<Record<string, (call: Call) => unknown>> = {
  "/cgi-bin/token": ({ state, url }) => {
    const fault = credentialsFault(state, url.searchParams.get("appid"), url.searchParams.get("secret"));
    return fault ? refused(fault) : state.tokens.plain();
  },
  "/cgi-bin/stable_token": ({ state, body }) => {
    const fault = credentialsFault(state, body["appid"], body["secret"]);
    return fault ? refused(fault) : state.tokens.stable(body["force_refresh"] === true);
  },
  "/sns/oauth2/access_token": ({ url }) =>
    url.searchParams.get("code") === "used"
      ? refused(40163)
      : { access_token: "page", expires_in: 7_200, openid: url.searchParams.get("code"), scope: "snsapi_base" },
  "/sns/userinfo": ({ url }) => ({ openid: url.searchParams.get("openid"), nickname: "小陈", headimgurl: "" }),
};

function typing({ state, body }: Call): unknown {
  const to = String(body["touser"]);
  const isOn = body["command"] === "Typing";
  const fault = isOn ? state.ledger.typing(to) : 0;
  if (fault !== 0) {
    return refused(fault);
  }
  state.typing.push(`${to} ${String(body["command"])}`);
  return ok;
}

/** Calls with a token. */
const CLOSED: Readonly<Record<string, (call: Call) => unknown>> = {
  "/cgi-bin/message/custom/send": sendCustom,
  "/cgi-bin/message/custom/typing": typing,
  "/cgi-bin/message/custom/business/typing": typing,
  "/cgi-bin/media/upload": upload,
  "/cgi-bin/user/info": ({ state, url }) => {
    const openid = url.searchParams.get("openid") ?? "";
    const unionid = state.unionIds.get(openid);
    return { subscribe: 1, openid, language: "zh_CN", ...(unionid && { unionid }) };
  },
  "/cgi-bin/get_api_domain_ip": () => ({ ip_list: ["127.0.0.1"] }),
  "/cgi-bin/ticket/getticket": ({ state }) => ({
    ...ok,
    ticket: `ticket_${state.tokens.given.length}`,
    expires_in: LIFETIME_SECONDS,
  }),
  "/cgi-bin/message/template/send": ({ state, body }) => {
    state.templates += 1;
    state.sent.push({ touser: String(body["touser"]), msgtype: "template", text: JSON.stringify(body["data"]), body });
    return { ...ok, msgid: 200_000 + state.templates };
  },
  "/cgi-bin/message/subscribe/bizsend": sendSubscribe,
  "/cgi-bin/message/subscribe/send": sendSubscribe,
  "/cgi-bin/template/get_all_private_template": () => ({
    template_list: [
      {
        template_id: "TM_SHIPPED",
        title: "发货通知",
        primary_industry: "",
        deputy_industry: "",
        content: "订单号:{{character_string1.DATA}}\n物流:{{thing2.DATA}}",
        example: "",
      },
    ],
  }),
  "/wxaapi/newtmpl/gettemplate": () => ({
    ...ok,
    data: [{ priTmplId: "SM_REFUND", title: "退款提醒", content: "金额:{{amount1.DATA}}", example: "", type: 2 }],
  }),
};

function json({ refusals }: State, response: ServerResponse, value: unknown): void {
  const { errcode } = value as { errcode?: unknown };
  if (typeof errcode === "number" && errcode !== 0) {
    refusals.push(errcode);
  }
  response.writeHead(200, { "content-type": "application/json; encoding=utf-8" }).end(JSON.stringify(value));
}

function tokenFault({ state, url }: Call): unknown {
  const fault = state.tokens.fault(url.searchParams.get("access_token"));
  return fault === 0 ? undefined : refused(fault);
}

/** What is said as JSON. */
function answerOf(call: Call): unknown {
  const path = call.url.pathname;
  return (
    OPEN[path]?.(call) ?? tokenFault(call) ?? CLOSED[path]?.(call) ?? { errcode: 404, errmsg: "no such interface" }
  );
}

function answer(call: Call, response: ServerResponse): void {
  const { state, url } = call;
  const isFile = url.pathname === "/cgi-bin/media/get" && tokenFault(call) === undefined;
  const found = isFile ? state.media.get(url.searchParams.get("media_id") ?? "") : undefined;
  if (found) {
    response.writeHead(200, { "content-type": found.mime, "content-disposition": "attachment" }).end(found.bytes);
  } else {
    json(state, response, isFile ? refused(40007) : answerOf(call));
  }
}

function bodyOf(raw: Buffer): Body {
  try {
    return JSON.parse(raw.toString("utf8")) as Body;
  } catch {
    return {};
  }
}

function handle(state: State, request: IncomingMessage, raw: Buffer, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://stub");
  state.calls.push(url.pathname);
  const trouble = state.troubles.get(url.pathname)?.shift();
  if (trouble === "cut") {
    request.socket.destroy();
  } else if (typeof trouble === "object" && "after" in trouble) {
    const done = answerOf({ state, url, raw, body: bodyOf(raw) });
    setTimeout(() => json(state, response, done), trouble.after).unref();
  } else if (typeof trouble === "object" && "held" in trouble) {
    void trouble.held.then((end) =>
      end === "cut" ? request.socket.destroy() : answer({ state, url, raw, body: bodyOf(raw) }, response),
    );
  } else if (typeof trouble === "object" && "status" in trouble) {
    response.writeHead(trouble.status).end(trouble.body);
  } else if (typeof trouble === "object") {
    json(state, response, refused(trouble.errcode));
  } else if (trouble === undefined) {
    answer({ state, url, raw, body: bodyOf(raw) }, response);
  }
}

/**
 * A real server on 127.0.0.1 that keeps the rules of api.weixin.qq.com: tokens that are refused once they ended,
 * windows and numbers of messages, media that end after three days, strict bodies (fact sheet 1.15).
 *
 * @param options.now its clock (StubClock for one that a test moves)
 */
export async function startPlatformStub(
  account: StubAccount,
  options: { readonly now?: () => number; readonly messagesPerWindow?: number; readonly port?: number } = {},
): Promise<PlatformStub> {
  const now = options.now ?? Date.now;
  const state: State = {
    account,
    now,
    sent: [],
    calls: [],
    refusals: [],
    tokens: new TokenLedger(now),
    troubles: new Map(),
    media: new TemporaryMedia(now),
    ledger: customerLedger(now, options.messagesPerWindow ?? 5),
    unionIds: new Map(),
    typing: [],
    templates: 0,
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handle(state, request, Buffer.concat(chunks), response));
  });
  await new Promise<void>((listening) => server.listen(options.port ?? 0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: state.sent,
    calls: state.calls,
    refusals: state.refusals,
    tokens: state.tokens.given,
    ledger: state.ledger,
    unionIds: state.unionIds,
    typing: state.typing,
    expireTokens() {
      state.tokens.revoke();
    },
    trouble(path, ...troubles) {
      state.troubles.set(path, [...(state.troubles.get(path) ?? []), ...troubles]);
    },
    addMedia: (bytes, mime) => state.media.add("in", { bytes, mime }),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
