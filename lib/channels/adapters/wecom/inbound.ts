import { z } from "zod";
import type { FeedEntry, Inbound, InboundMedia } from "../../adapter";
import { customerIdOf } from "./account";
import type { WecomConfig } from "./schema";

/** Longest text of the platform, with room: what is longer was not written by a customer. */
const MAX_TEXT = 5_000;
const MAX_KEY = 300;

/** One entry of `sync_msg`; what depends on its kind is read by the kind. */
const entry = z.looseObject({
  msgid: z.string().min(1).max(128),
  open_kfid: z.string().optional(),
  external_userid: z.string().max(128).optional(),
  send_time: z.number().optional(),
  origin: z.number().optional(),
  servicer_userid: z.string().optional(),
  msgtype: z.string().max(64),
});
type Entry = z.infer<typeof entry>;
type Fields = Readonly<Record<string, unknown>>;

interface Words {
  readonly text: string;
  readonly media?: readonly InboundMedia[];
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function at(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

const lines = (...parts: readonly string[]): string => parts.filter((part) => part.trim() !== "").join("\n");

function media(kind: InboundMedia["kind"], name: string) {
  return (fields: Fields): Words => {
    const reference = at(fields, "media_id");
    return { text: "", media: reference === "" ? [] : [{ kind, reference, name }] };
  };
}

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

function menuWords(fields: Fields): Words {
  const items = listOf(fields["list"]).map((item) => `· ${at(fieldsOf(item[at(item, "type")]), "content")}`);
  return { text: lines(at(fields, "head_content"), ...items, at(fields, "tail_content")) };
}

/** What somebody forwarded: each line with who said it; what is no text by its kind. */
function mergedWords(fields: Fields): Words {
  const items = listOf(fields["item"]).map((item) => {
    let content: Fields = {};
    try {
      content = fieldsOf(JSON.parse(at(item, "msg_content")));
    } catch {
      // Told by its kind below.
    }
    const said = at(fieldsOf(content["text"]), "content") || at(content, "content") || `[${at(item, "msgtype")}]`;
    return `${at(item, "sender_name")}: ${said}`;
  });
  return { text: lines(at(fields, "title"), ...items) };
}

/** What each kind of message says (fact sheet 2.4). Kinds whose content is not told become a line in the timeline. */
const MESSAGES: Readonly<Record<string, (fields: Fields) => Words>> = {
  text: (fields) => ({ text: at(fields, "content") }),
  image: media("image", "image.jpg"),
  voice: media("voice", "voice.amr"),
  video: media("video", "video.mp4"),
  file: media("file", "file"),
  location: (fields) => ({
    text: lines(
      `📍 ${at(fields, "name")}`.trim(),
      at(fields, "address"),
      `${at(fields, "latitude")}, ${at(fields, "longitude")}`,
    ),
  }),
  link: (fields) => ({ text: lines(at(fields, "title"), at(fields, "desc"), at(fields, "url")) }),
  business_card: (fields) => ({ text: `👤 ${at(fields, "userid")}` }),
  miniprogram: (fields) => ({ text: lines(`🔗 ${at(fields, "title")}`, at(fields, "pagepath")) }),
  msgmenu: menuWords,
  channels_shop_product: (fields) => ({
    text: lines(
      `🛍 ${at(fields, "title")}`,
      `¥${(Number(at(fields, "sales_price")) / 100 || 0).toFixed(2)}`,
      at(fields, "shop_nickname"),
      at(fields, "product_id"),
    ),
  }),
  channels_shop_order: (fields) => ({
    text: lines(
      `🧾 ${at(fields, "product_titles")}`,
      at(fields, "price_wording"),
      at(fields, "state"),
      at(fields, "shop_nickname"),
      at(fields, "order_id"),
    ),
  }),
  merged_msg: mergedWords,
  channels: (fields) => ({ text: lines(`▶ ${at(fields, "nickname")}`, at(fields, "title")) }),
};

/** Reasons of a message that did not arrive, by the platform's `fail_type`. */
const FAIL_REASONS: Readonly<Record<string, string>> = {
  "1": "no_permission",
  "2": "no_permission",
  "4": "window_closed",
  "5": "session_over",
  "6": "limit_reached",
  "7": "no_permission",
  "8": "no_permission",
  "9": "no_permission",
  "10": "blocked",
};

interface Happened {
  readonly event: Fields;
  readonly externalUserId: string;
  readonly externalId: string;
  readonly at: Date;
}

type EventReader = (happened: Happened) => Inbound;

function told(happened: Happened, name: string, key: string): Inbound {
  const { externalUserId, externalId, at: when } = happened;
  return { kind: "event", externalUserId, externalId, name, values: { key: key.slice(0, MAX_KEY) }, at: when };
}

function sessionChange({ event, externalUserId, externalId, at: when }: Happened): Inbound {
  // 1 from the pool, 2 handed on, 3 ended, 4 a colleague opened an ended one again.
  const owner = at(event, "change_type") === "3" ? "nobody" : "outside";
  const name = at(event, owner === "nobody" ? "old_servicer_userid" : "new_servicer_userid");
  return { kind: "session", externalUserId, externalId, owner, name, at: when };
}

const EVENTS: Readonly<Record<string, EventReader>> = {
  enter_session: (happened) => {
    const { event } = happened;
    const welcomeCode = at(event, "welcome_code");
    const channels = fieldsOf(event["wechat_channels"]);
    const from = [
      at(event, "scene"),
      at(event, "scene_param"),
      at(channels, "nickname") || at(channels, "shop_nickname"),
    ];
    const entered = told(happened, "enter_session", from.filter(Boolean).join(" "));
    return entered.kind === "event" && welcomeCode !== ""
      ? { ...entered, welcome: true, replyCode: welcomeCode }
      : entered;
  },
  msg_send_fail: ({ event, externalUserId }) => ({
    kind: "receipt",
    externalUserId,
    // A message of several pieces is known by the id that they share.
    externalId: at(event, "fail_msgid").split("-")[0] ?? "",
    state: "failed",
    reason: FAIL_REASONS[at(event, "fail_type")] ?? "rejected",
  }),
  session_status_change: sessionChange,
  user_recall_msg: ({ event, externalUserId, externalId }) => ({
    kind: "recall",
    externalUserId,
    externalId,
    recalledId: at(event, "recall_msgid"),
  }),
  servicer_recall_msg: ({ event, externalUserId, externalId }) => ({
    kind: "recall",
    externalUserId,
    externalId,
    recalledId: at(event, "recall_msgid"),
  }),
  reject_customer_msg_switch_change: (happened) =>
    told(
      happened,
      at(happened.event, "reject_switch") === "1" ? "servicer_rejects" : "servicer_accepts",
      at(happened.event, "servicer_userid"),
    ),
};

function timeOf({ send_time: seconds }: Entry, now: Date): Date {
  return seconds !== undefined && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000) : now;
}

function customerOf(config: WecomConfig, account: string, id: string): string | undefined {
  const isOurs = config.openKfId === "" ? account !== "" : account === "" || account === config.openKfId;
  return isOurs && id !== "" && id.length <= 64 && account.length <= 64
    ? customerIdOf(config, { account, externalUserId: id })
    : undefined;
}

function readEvent(item: Entry, config: WecomConfig, now: Date): Inbound {
  const event = fieldsOf(item["event"]);
  const account = at(event, "open_kfid") || (item.open_kfid ?? "");
  const externalUserId = customerOf(config, account, at(event, "external_userid") || (item.external_userid ?? ""));
  const type = at(event, "event_type");
  if (externalUserId === undefined) {
    // A servicer went on or off duty: about no customer.
    return { kind: "ignored", reason: `event ${type.slice(0, MAX_KEY)}` };
  }
  const happened = { event, externalUserId, externalId: item.msgid, at: timeOf(item, now) };
  const read = Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
  return read?.(happened) ?? told(happened, "other", type);
}

function readEntry(item: Entry, config: WecomConfig, now: Date): Inbound {
  if (item.msgtype === "event") {
    return readEvent(item, config, now);
  }
  const externalUserId = customerOf(config, item.open_kfid ?? "", item.external_userid ?? "");
  if (externalUserId === undefined) {
    return { kind: "ignored", reason: "no sender" };
  }
  const when = timeOf(item, now);
  const read = Object.hasOwn(MESSAGES, item.msgtype) ? MESSAGES[item.msgtype] : undefined;
  const words = read?.(fieldsOf(item[item.msgtype]));
  if (!words || (words.text.trim() === "" && !words.media?.length)) {
    const happened = { event: {}, externalUserId, externalId: item.msgid, at: when };
    return told(happened, "unknown_message", item.msgtype);
  }
  const said = { externalUserId, externalId: item.msgid, ...words, text: words.text.slice(0, MAX_TEXT), at: when };
  return item.origin === 5
    ? { kind: "colleague", ...said, name: item.servicer_userid ?? "" }
    : { kind: "message", ...said };
}

/** What one entry of `sync_msg` says, with its id. Never throws; undefined for what has no id to know it by. */
export function readFeedEntry(value: unknown, config: WecomConfig, now: Date): FeedEntry | undefined {
  const parsed = entry.safeParse(value);
  return parsed.success ? { id: parsed.data.msgid, item: readEntry(parsed.data, config, now) } : undefined;
}
