import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { startHttpStub } from "../http-stub";
import { TemporaryMedia } from "../temporary-media";
import { type AccountLog, accountLog } from "./account-log";
import { CorpTokens } from "./corp-tokens";

export interface CorpAccount {
  readonly corpId: string;
  readonly corpSecret: string;
  readonly openKfId: string;
}

/** A message that the platform took for a customer. */
export interface KfMessage {
  readonly touser: string;
  readonly msgid: string;
  readonly msgtype: string;
  /** Its words: of a text, or of a menu with its items. */
  readonly text: string;
  /** All of it. */
  readonly content: unknown;
  /** True when it answered an event (send_msg_on_event). */
  readonly onEvent: boolean;
}

/** What the next call of a path meets instead of its rules. `taken`: done, but the answer is lost on the way. */
export type KfTrouble =
  /** Does what was asked, and says so after so many milliseconds. */
  | { readonly after: number }
  | { readonly errcode: number; readonly errmsg?: string }
  | { readonly status: number; readonly body: string }
  | "silence"
  | "cut"
  | "taken";

export interface KfStub {
  /** `http://127.0.0.1:port`: what goes into `apiBase`. */
  readonly url: string;
  readonly log: AccountLog;
  readonly sent: KfMessage[];
  /** Paths that were called, in order. */
  readonly calls: string[];
  /** Errcodes that calls were refused with, in order. */
  readonly refusals: number[];
  /** Access tokens that were given out, the last one last. */
  readonly tokens: string[];
  readonly account: CorpAccount;
  /** Servicers by their status (0 on duty, 1 not). */
  readonly servicers: Map<string, number>;
  readonly profiles: Map<string, { readonly nickname: string; readonly avatar: string }>;
  /** Answers every second page with nothing and `has_more`. */
  emptyPages: boolean;
  /** Largest page, whatever is asked for. */
  pageSize: number;
  expireTokens(): void;
  /** What the next calls of a path meet. */
  trouble(path: string, ...troubles: KfTrouble[]): void;
  /** Puts a file there as if a customer had sent it. @returns its media id */
  addMedia(bytes: Uint8Array, name: string): string;
  /** Puts a customer's picture there. @returns its address */
  addPicture(bytes: Uint8Array): string;
  stop(): Promise<void>;
}

type Body = Readonly<Record<string, unknown>>;
interface State extends Omit<KfStub, "url" | "stop" | "expireTokens" | "trouble" | "addMedia" | "addPicture"> {
  readonly now: () => number;
  readonly issued: CorpTokens;
  readonly usedIds: Set<string>;
  readonly media: TemporaryMedia<{ readonly bytes: Uint8Array; readonly name: string }>;
  readonly pictures: Map<string, Uint8Array>;
  readonly troubles: Map<string, KfTrouble[]>;
}
interface Call {
  readonly state: State;
  readonly url: URL;
  readonly raw: string;
  readonly body: Body;
}

const ok = { errcode: 0, errmsg: "ok" };
const refused = (errcode: number, errmsg = "refused") => ({
  errcode,
  errmsg: `${errmsg}, hint: [1645025097593810238423219], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
});
const at = (body: Body, name: string): string => (typeof body[name] === "string" ? (body[name] as string) : "");

function contentOf(body: Body): { readonly msgtype: string; readonly text: string; readonly media?: string } {
  const msgtype = at(body, "msgtype");
  const content = (body[msgtype] ?? {}) as Body;
  if (msgtype === "msgmenu") {
    const list = (content["list"] ?? []) as { click?: { content: string } }[];
    return { msgtype, text: [at(content, "head_content"), ...list.map((item) => item.click?.content)].join("\n") };
  }
  return { msgtype, text: at(content, "content"), media: at(content, "media_id") };
}

const bytes = (text: string): number => Buffer.byteLength(text);
const isPicture = (content: Body, state: State): boolean =>
  state.media.get(at(content, "thumb_media_id")) !== undefined;

/** What each card has to have (fact sheet 2.5). */
const CARDS: Readonly<Record<string, (content: Body, state: State) => boolean>> = {
  link: (content, state) =>
    at(content, "title") !== "" &&
    bytes(at(content, "title")) <= 128 &&
    bytes(at(content, "desc")) <= 512 &&
    /^https?:.{1,2040}$/.test(at(content, "url")) &&
    isPicture(content, state),
  miniprogram: (content, state) =>
    at(content, "appid") !== "" &&
    bytes(at(content, "title")) <= 64 &&
    at(content, "pagepath") !== "" &&
    isPicture(content, state),
  location: (content) => typeof content["latitude"] === "number" && typeof content["longitude"] === "number",
  ca_link: (content) => at(content, "link_url").startsWith("https://work.weixin.qq.com/ca/"),
  msgmenu: (content) =>
    bytes(at(content, "head_content")) <= 1_024 && ((content["list"] ?? []) as unknown[]).length <= 10,
};
const KINDS = ["text", "image", "voice", "video", "file", ...Object.keys(CARDS)];

/** @returns the errcode of a content that the platform does not take; 0 for a good one */
function contentFault(state: State, body: Body): number {
  const { msgtype, text, media } = contentOf(body);
  if (!KINDS.includes(msgtype)) {
    return 40008;
  }
  if (CARDS[msgtype]?.((body[msgtype] ?? {}) as Body, state) === false) {
    return 40058;
  }
  if (msgtype === "text" && text === "") {
    return 44004;
  }
  if (Buffer.byteLength(text) > 2_048) {
    return 45002;
  }
  return ["image", "voice", "video", "file"].includes(msgtype) && !state.media.get(media ?? "") ? 40007 : 0;
}

function take(state: State, touser: string, body: Body, onEvent: boolean): unknown {
  const msgid = at(body, "msgid") || randomBytes(12).toString("hex");
  const { msgtype, text } = contentOf(body);
  state.usedIds.add(msgid);
  state.sent.push({ touser, msgid, msgtype, text, content: body[msgtype], onEvent });
  return { ...ok, msgid };
}

function idFault(state: State, body: Body): unknown {
  const msgid = at(body, "msgid");
  if (!/^[0-9a-zA-Z_-]{0,32}$/.test(msgid)) {
    return refused(40058, "invalid msgid");
  }
  return state.usedIds.has(msgid) ? refused(95099, "msgid is already used") : undefined;
}

function sendMessage({ state, body }: Call): unknown {
  const touser = at(body, "touser");
  if (at(body, "open_kfid") !== state.account.openKfId) {
    return refused(95000);
  }
  if (!state.log.known(touser)) {
    return refused(40096);
  }
  const repeated = idFault(state, body);
  const fault = repeated ? 0 : contentFault(state, body) || state.log.spend(touser);
  return repeated ?? (fault ? refused(fault) : take(state, touser, body, false));
}

function sendOnEvent({ state, body }: Call): unknown {
  const fault = idFault(state, body) ?? (contentFault(state, body) && refused(contentFault(state, body)));
  if (fault) {
    return fault;
  }
  const customer = state.log.spendCode(at(body, "code"));
  return customer ? take(state, customer, body, true) : refused(40058, "invalid code");
}

function sync({ state, body }: Call): unknown {
  const token = at(body, "token");
  if (token !== "" && !state.log.isBell(token)) {
    return refused(95007);
  }
  if (token === "" && !state.log.mayReadBare()) {
    return refused(45009);
  }
  const from = at(body, "cursor") === "" ? 0 : Number(at(body, "cursor").slice(2));
  if (!Number.isInteger(from)) {
    return refused(40058);
  }
  // An odd half step stands for an empty page.
  const isEmpty = state.emptyPages && Number.isInteger(from / 2) && from < state.log.entries.length * 2;
  const start = Math.floor(from / 2);
  const limit = Math.min(Number(body["limit"] ?? 1_000), state.pageSize);
  const page = isEmpty ? [] : state.log.entries.slice(start, start + limit).map(({ item }) => item);
  const next = isEmpty ? from + 1 : (start + page.length) * 2;
  const hasMore = isEmpty || start + page.length < state.log.entries.length;
  return { ...ok, next_cursor: `c_${next}`, has_more: hasMore ? 1 : 0, msg_list: page };
}

/** Which state may become which by the API (fact sheet 2.7). */
const MOVES: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 3, 4],
  1: [2, 3, 4],
  2: [3, 4],
  3: [3, 4],
  4: [],
};

function moveSession({ state, body }: Call): unknown {
  const id = at(body, "external_userid");
  const one = state.log.customer(id);
  const target = Number(body["service_state"]);
  const servicer = at(body, "servicer_userid");
  if (one.state === 4) {
    return refused(95013);
  }
  if (!MOVES[one.state]?.includes(target)) {
    return refused(95016);
  }
  if (target === 3 && state.servicers.get(servicer) !== 0) {
    return refused(95014);
  }
  one.state = target;
  one.servicer = target === 3 ? servicer : undefined;
  const life = target === 4 ? 20_000 : 48 * 3_600_000;
  return { ...ok, ...(target !== 1 && { msg_code: state.log.sessionCode(id, life, target) }) };
}

function upload({ state, raw }: Call): unknown {
  const name = /name="media"; filename="([^"]+)"/.exec(raw)?.[1];
  if (name === undefined) {
    return refused(41005);
  }
  const media_id = state.media.add("up", { bytes: Buffer.from(raw), name });
  const created_at = String(Math.floor(state.now() / 1_000));
  return { errcode: 0, errmsg: "", type: "file", media_id, created_at };
}

const CALLS: Readonly<Record<string, (call: Call) => unknown>> = {
  "/cgi-bin/kf/sync_msg": sync,
  "/cgi-bin/kf/send_msg": sendMessage,
  "/cgi-bin/kf/send_msg_on_event": sendOnEvent,
  "/cgi-bin/kf/service_state/get": ({ state, body }) => {
    const one = state.log.customer(at(body, "external_userid"));
    return { ...ok, service_state: one.state, ...(one.servicer && { servicer_userid: one.servicer }) };
  },
  "/cgi-bin/kf/service_state/trans": moveSession,
  "/cgi-bin/kf/servicer/list": ({ state }) => ({
    ...ok,
    servicer_list: [...state.servicers].map(([userid, status]) => ({ userid, status })),
  }),
  "/cgi-bin/kf/account/list": ({ state }) => ({
    ...ok,
    account_list: [{ open_kfid: state.account.openKfId, name: "客服小店", avatar: "", manage_privilege: true }],
  }),
  "/cgi-bin/kf/customer/batchget": ({ state, body }) => ({
    ...ok,
    customer_list: ((body["external_userid_list"] ?? []) as string[]).flatMap((id) => {
      const profile = state.profiles.get(id);
      return profile ? [{ external_userid: id, ...profile, gender: 0 }] : [];
    }),
    invalid_external_userid: [],
  }),
  "/cgi-bin/media/upload": upload,
};

function getToken({ state, url }: Call): unknown {
  if (url.searchParams.get("corpid") !== state.account.corpId) {
    return refused(40013);
  }
  if (url.searchParams.get("corpsecret") !== state.account.corpSecret) {
    return refused(40001);
  }
  return { ...ok, ...state.issued.give() };
}

function sayJson({ refusals }: State, response: ServerResponse, value: unknown): void {
  const { errcode } = value as { errcode: number };
  if (errcode !== 0) {
    refusals.push(errcode);
  }
  response.writeHead(200, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(value));
}

function answer(call: Call, response: ServerResponse): void {
  const { state, url } = call;
  const json = (value: unknown) => sayJson(state, response, value);
  if (url.pathname.startsWith("/picture/")) {
    response.end(state.pictures.get(url.pathname.slice("/picture/".length)));
    return;
  }
  if (url.pathname === "/cgi-bin/gettoken") {
    json(getToken(call));
    return;
  }
  const fault = state.issued.fault(url.searchParams.get("access_token"));
  if (fault !== 0) {
    json(refused(fault, "access_token"));
    return;
  }
  if (url.pathname === "/cgi-bin/media/get") {
    const found = state.media.get(url.searchParams.get("media_id") ?? "");
    if (found) {
      response.writeHead(200, { "content-disposition": `attachment; filename="${found.name}"` }).end(found.bytes);
    } else {
      json(refused(40007));
    }
    return;
  }
  json(CALLS[url.pathname]?.(call) ?? refused(40035, "no such interface"));
}

function bodyOf(raw: string): Body {
  try {
    return JSON.parse(raw) as Body;
  } catch {
    return {};
  }
}

function serve(call: Call, response: ServerResponse): void {
  const { state, url } = call;
  state.calls.push(url.pathname);
  const trouble = state.troubles.get(url.pathname)?.shift();
  if (trouble === "cut") {
    response.destroy();
  } else if (trouble === "taken") {
    CALLS[url.pathname]?.(call);
    response.destroy();
  } else if (typeof trouble === "object" && "after" in trouble) {
    const done = JSON.stringify(CALLS[url.pathname]?.(call));
    setTimeout(() => response.end(done), trouble.after).unref();
  } else if (typeof trouble === "object" && "status" in trouble) {
    response.writeHead(trouble.status).end(trouble.body);
  } else if (typeof trouble === "object") {
    sayJson(state, response, refused(trouble.errcode, trouble.errmsg));
  } else if (trouble === undefined) {
    answer(call, response);
  }
}

/**
 * A real server on 127.0.0.1 that keeps the rules of WeCom customer service (fact sheet 2.14).
 *
 * @param options.now its clock (StubClock for one that a test moves)
 */
export async function startKfStub(
  account: CorpAccount,
  options: { readonly now?: () => number } = {},
): Promise<KfStub> {
  const now = options.now ?? Date.now;
  const issued = new CorpTokens(now);
  const state: State = {
    account,
    now,
    log: accountLog(now),
    sent: [],
    calls: [],
    refusals: [],
    issued,
    tokens: issued.given,
    servicers: new Map(),
    profiles: new Map(),
    emptyPages: false,
    pageSize: 1_000,
    usedIds: new Set(),
    media: new TemporaryMedia(now),
    pictures: new Map(),
    troubles: new Map(),
  };
  const server = await startHttpStub((request, raw, response) => {
    serve({ state, url: new URL(request.url ?? "/", "http://stub"), raw, body: bodyOf(raw) }, response);
  });
  return Object.assign(state, {
    url: server.url,
    stop: server.stop,
    expireTokens() {
      issued.revoke();
    },
    trouble(path: string, ...troubles: KfTrouble[]) {
      state.troubles.set(path, [...(state.troubles.get(path) ?? []), ...troubles]);
    },
    addPicture(bytes: Uint8Array) {
      const id = randomBytes(12).toString("hex");
      state.pictures.set(id, bytes);
      return `${server.url}/picture/${id}`;
    },
    addMedia: (bytes: Uint8Array, name: string) => state.media.add("in", { bytes, name }),
  });
}
