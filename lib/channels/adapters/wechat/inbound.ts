import type { Inbound, InboundMedia } from "../../adapter";
import { childAt, textAt, type XmlElement } from "../../platform-crypto/xml";
import { replayKeyOf } from "./push";
import { consentsIn, subscribeResultsIn } from "./subscribe-events";

/** Longest text of the platform, with room: what is longer was not written by a customer. */
const MAX_TEXT = 5_000;
const MAX_KEY = 300;

interface Words {
  readonly text: string;
  readonly media?: readonly InboundMedia[];
}

type Reader = (get: (name: string) => string) => Words | undefined;

function media(kind: InboundMedia["kind"], reference: string, name: string): readonly InboundMedia[] {
  return reference === "" ? [] : [{ kind, reference, name }];
}

const video: Reader = (get) => ({ text: "", media: media("video", get("MediaId"), "video.mp4") });

/** What each kind of message says (fact sheet 1.3 and 1.14). */
const MESSAGES: Readonly<Record<string, Reader>> = {
  text: (get) => ({ text: get("Content") }),
  image: (get) => ({ text: "", media: media("image", get("MediaId"), "image.jpg") }),
  voice: (get) => ({
    text: get("Recognition"),
    media: media("voice", get("MediaId"), `voice.${get("Format") || "amr"}`),
  }),
  video,
  shortvideo: video,
  location: (get) => ({
    text: [`📍 ${get("Label")}`.trim(), `${get("Location_X")}, ${get("Location_Y")}`].join("\n"),
  }),
  link: (get) => ({ text: [get("Title"), get("Description"), get("Url")].filter(Boolean).join("\n") }),
  file: (get) => ({ text: `📎 ${get("Title") || get("FileKey")}` }),
  miniprogrampage: (get) => ({ text: [`🔗 ${get("Title")}`, get("PagePath")].filter(Boolean).join("\n") }),
};

interface EventKind {
  readonly name: string;
  readonly welcome?: boolean;
  /** What is kept of it; the event's key when absent. */
  readonly detail?: (fields: XmlElement) => string;
}

function nested(...path: readonly [string, string]): (fields: XmlElement) => string {
  return (fields) => textAt(childAt(fields, path[0]) ?? {}, path[1]) ?? "";
}

const values =
  (...names: readonly string[]) =>
  (fields: XmlElement) =>
    names
      .map((name) => textAt(fields, name) ?? "")
      .filter(Boolean)
      .join(" ");

/** Text of everything inside, for events whose content is a list of things. */
function everything(value: XmlElement[string] | undefined): string {
  if (value === undefined || typeof value === "string") {
    return value ?? "";
  }
  return Object.values(value)
    .map((inner) => everything(inner as XmlElement[string]))
    .filter(Boolean)
    .join(" ");
}
const inside = (name: string) => (fields: XmlElement) => everything(fields[name]);

/** The events of the fact sheet by their lower-case names: the platform itself mixes the cases. */
const EVENTS: Readonly<Record<string, EventKind>> = {
  subscribe: {
    name: "subscribe",
    welcome: true,
    detail: (fields) => (textAt(fields, "EventKey") ?? "").replace(/^qrscene_/, ""),
  },
  unsubscribe: { name: "unsubscribe" },
  scan: { name: "scan" },
  location: { name: "location", detail: values("Latitude", "Longitude") },
  click: { name: "click" },
  view: { name: "view" },
  scancode_push: { name: "scancode", detail: nested("ScanCodeInfo", "ScanResult") },
  scancode_waitmsg: { name: "scancode", detail: nested("ScanCodeInfo", "ScanResult") },
  pic_sysphoto: { name: "photo" },
  pic_photo_or_album: { name: "photo" },
  pic_weixin: { name: "photo" },
  location_select: { name: "location_select", detail: nested("SendLocationInfo", "Label") },
  view_miniprogram: { name: "view_miniprogram" },
  templatesendjobfinish: { name: "template_result", detail: values("Status") },
  masssendjobfinish: { name: "mass_result", detail: values("Status") },
  subscribe_msg_popup_event: { name: "subscribe_choice", detail: inside("SubscribeMsgPopupEvent") },
  subscribe_msg_change_event: { name: "subscribe_choice", detail: inside("SubscribeMsgChangeEvent") },
  subscribe_msg_sent_event: { name: "subscribe_result", detail: inside("SubscribeMsgSentEvent") },
  kf_create_session: { name: "agent_session", detail: values("KfAccount") },
  kf_close_session: { name: "agent_session", detail: values("KfAccount", "CloseType") },
  kf_switch_session: { name: "agent_session", detail: values("FromKfAccount", "ToKfAccount") },
  user_enter_tempsession: { name: "enter_session", welcome: true, detail: values("SessionFrom") },
};

/** Events after which a reply in the answer reaches the customer. */
const ANSWERED = ["subscribe", "scan", "click"];

/** The sender of a push that may be answered with a reply; undefined for events that nobody reads an answer to. */
export function answerable(fields: XmlElement): string | undefined {
  const isEvent = textAt(fields, "MsgType") === "event";
  const event = (textAt(fields, "Event") ?? "").toLowerCase();
  return isEvent && !ANSWERED.includes(event) ? undefined : textAt(fields, "FromUserName");
}

/** Seconds of the platform as a date; now for what is no time. */
function timeOf(fields: XmlElement, now: Date): Date {
  const seconds = Number(textAt(fields, "CreateTime"));
  return Number.isInteger(seconds) && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000) : now;
}

function readEvent(fields: XmlElement, externalUserId: string, now: Date): readonly Inbound[] {
  const event = textAt(fields, "Event") ?? "";
  const kind: EventKind = EVENTS[event.toLowerCase()] ?? { name: "other", detail: values("Event", "EventKey") };
  const key = (kind.detail?.(fields) ?? textAt(fields, "EventKey") ?? "").slice(0, MAX_KEY);
  const at = timeOf(fields, now);
  const { name, welcome } = kind;
  const told: Inbound = {
    kind: "event",
    externalUserId,
    externalId: replayKeyOf(fields),
    name,
    values: { key },
    ...(welcome && { welcome }),
    at,
  };
  if (name === "subscribe_choice") {
    return [told, ...consentsIn(fields, externalUserId, at)];
  }
  if (name === "subscribe_result") {
    return [told, ...subscribeResultsIn(fields, externalUserId)];
  }
  const sentId = textAt(fields, "MsgID");
  if (name !== "template_result" || !sentId) {
    return [told];
  }
  const isDelivered = key === "success";
  const receipt: Inbound = {
    kind: "receipt",
    externalUserId,
    externalId: sentId,
    state: isDelivered ? "delivered" : "failed",
    ...(!isDelivered && { reason: key.includes("block") ? "blocked" : "rejected" }),
  };
  return [told, receipt];
}

/** What a push says. A message of a kind that is new to us becomes a line in the timeline: nothing is dropped. */
export function readInbound(fields: XmlElement, now: Date): readonly Inbound[] {
  const externalUserId = textAt(fields, "FromUserName");
  const type = textAt(fields, "MsgType");
  if (!externalUserId || externalUserId.length > 128 || type === undefined) {
    return [{ kind: "ignored", reason: "not a message" }];
  }
  if (type === "event") {
    return readEvent(fields, externalUserId, now);
  }
  const at = timeOf(fields, now);
  const externalId = replayKeyOf(fields);
  const words = Object.hasOwn(MESSAGES, type) ? MESSAGES[type]?.((name) => textAt(fields, name) ?? "") : undefined;
  if (!words || (words.text.trim() === "" && !words.media?.length)) {
    const key = type.slice(0, MAX_KEY);
    return [{ kind: "event", externalUserId, externalId, name: "unknown_message", values: { key }, at }];
  }
  return [{ kind: "message", externalUserId, externalId, ...words, text: words.text.slice(0, MAX_TEXT), at }];
}
