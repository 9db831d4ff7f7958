import { decryptEnvelope, isPlatformSignature } from "@/lib/channels/platform-crypto/envelope";
import { cdata, readXml, textAt } from "@/lib/channels/platform-crypto/xml";
import type { CustomerLedger } from "./customer-ledger";
import { type PushMode, signPush } from "./push-signer";

/** How long WeChat waits for an answer, and how often it tries in all (fact sheet 1.4). */
const PATIENCE_MS = 5_000;
const TRIES = 3;

export interface PushTarget {
  /** Takes one push: over HTTP, or straight into the endpoint. */
  readonly post: (query: URLSearchParams, body: string, contentType: string, signal: AbortSignal) => Promise<Response>;
  readonly appId: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly mode: PushMode;
  /** What the console is set to; Mini Programs often have JSON. */
  readonly format?: "xml" | "json";
  readonly ledger: CustomerLedger;
  /**
   * Patience of a try; shorter in tests that must not take fifteen seconds. The last try, in which an answer is awaited,
   * has at least WeChat's own: a busy machine is no reason to hang up.
   */
  readonly patienceMs?: number;
}

/** What came of a push, over all its tries. */
export type PushOutcome =
  | { readonly kind: "replied"; readonly text: string; readonly tries: number }
  | { readonly kind: "accepted"; readonly tries: number }
  /** "该公众号暂时无法提供服务，请稍后再试" */
  | { readonly kind: "user_saw_error"; readonly why: string; readonly tries: number };

/** The reply in an answer; a text that says what is wrong with it otherwise. */
function readReply(target: PushTarget, openId: string, body: string): { text: string } | { why: string } {
  const outer = readXml(body);
  if (!outer) {
    return { why: `no XML: ${body.slice(0, 80)}` };
  }
  const sealed = textAt(outer, "Encrypt");
  if (target.mode === "safe" && sealed === undefined) {
    return { why: "a plain reply in safe mode" };
  }
  if (sealed !== undefined) {
    const [stamp, nonce] = [textAt(outer, "TimeStamp") ?? "", textAt(outer, "Nonce") ?? ""];
    if (!isPlatformSignature(textAt(outer, "MsgSignature"), target.token, stamp, nonce, sealed)) {
      return { why: "the reply's signature is wrong" };
    }
  }
  const inner =
    sealed === undefined ? outer : readXml(decryptEnvelope(target.encodingAesKey, target.appId, sealed) ?? "");
  if (!inner || textAt(inner, "ToUserName") !== openId || textAt(inner, "FromUserName") !== "gh_stub") {
    return { why: "sender and receiver are not swapped" };
  }
  return { text: textAt(inner, "Content") ?? "" };
}

/** Fields of a push; some events have fields inside of fields. */
export interface PushFields {
  readonly [name: string]: string | PushFields;
}

function xmlOf(fields: PushFields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === "string" ? cdata(value) : xmlOf(value)}</${name}>`)
    .join("");
}

/** Numbers in JSON; the ids have more digits than a double holds. */
const NUMBERS = ["CreateTime", "MsgId"];

function jsonOf(fields: PushFields): string {
  const members = Object.entries(fields).map(([name, value]) => {
    const written = typeof value !== "string" ? jsonOf(value) : NUMBERS.includes(name) ? value : JSON.stringify(value);
    return `${JSON.stringify(name)}:${written}`;
  });
  return `{${members.join(",")}}`;
}

/** Pushes one message to the webhook as WeChat does: five seconds, three tries, fresh signatures, the same MsgId. */
export async function push(target: PushTarget, openId: string, fields: PushFields): Promise<PushOutcome> {
  const isSession = fields["Event"] === "user_enter_tempsession";
  target.ledger.open(openId, isSession ? "session" : fields["MsgType"] === "event" ? "event" : "message");
  const all = {
    ToUserName: "gh_stub",
    FromUserName: openId,
    CreateTime: String(Math.floor(Date.now() / 1000)),
    ...fields,
  };
  const body = target.format === "json" ? jsonOf(all) : `<xml>${xmlOf(all)}</xml>`;
  let why = "no answer";
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const signed = signPush({ ...target, body, at: new Date() });
    const query = new URLSearchParams({ ...signed.query, openid: openId });
    const signal = AbortSignal.timeout(Math.max(target.patienceMs ?? PATIENCE_MS, tries < TRIES ? 0 : PATIENCE_MS));
    const late = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
    const contentType = signed.headers["content-type"] ?? "";
    const response = await Promise.race([
      target.post(query, Buffer.from(signed.body).toString("utf8"), contentType, signal).catch(() => undefined),
      late,
    ]);
    if (response?.status !== 200) {
      why = response ? `HTTP ${response.status}` : "no answer";
      continue;
    }
    const answer = await response.text();
    if (answer === "" || answer === "success") {
      return { kind: "accepted", tries };
    }
    const reply = readReply(target, openId, answer);
    return "text" in reply ? { kind: "replied", ...reply, tries } : { kind: "user_saw_error", ...reply, tries };
  }
  return { kind: "user_saw_error", why, tries: TRIES };
}

let lastMessageId = 24_541_436_872_104_330n;

/** A customer writes. */
export function say(target: PushTarget, openId: string, content: string): Promise<PushOutcome> {
  lastMessageId += 1n;
  return push(target, openId, { MsgType: "text", Content: content, MsgId: String(lastMessageId) });
}

/** A generator of its own: what a test shuffles, it shuffles the same way each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/**
 * Pushes many messages at once as a platform does that lost its order: shuffled, and some of them more than once under the
 * same MsgId, overlapping their first try.
 *
 * @param options.copies how many are pushed twice
 */
export function flood(
  target: PushTarget,
  sent: readonly { readonly openId: string; readonly fields: PushFields }[],
  options: { readonly copies: number; readonly seed: number },
): Promise<PushOutcome[]> {
  const random = randomFrom(options.seed);
  const twice = Array.from({ length: options.copies }, () => sent[Math.floor(random() * sent.length)]);
  const all = [...sent, ...twice.filter((each) => each !== undefined)]
    .map((each) => ({ each, place: random() }))
    .sort((first, second) => first.place - second.place);
  return Promise.all(all.map(({ each }) => push(target, each.openId, each.fields)));
}
