import type { Inbound } from "../../adapter";
import { textAt, type XmlElement, type XmlValue } from "../../platform-crypto/xml";

/** Every element inside that names a template, however deep and whether once or in a list. */
function entriesIn(value: XmlValue | undefined): XmlElement[] {
  if (value === undefined || typeof value === "string") {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(entriesIn);
  }
  const element = value as XmlElement;
  return typeof element["TemplateId"] === "string" ? [element] : Object.values(element).flatMap(entriesIn);
}

/** What a customer said about subscribe messages when they were asked, or later in WeChat's own settings. */
export function consentsIn(fields: XmlElement, externalUserId: string, at: Date): Inbound[] {
  const entries = [...entriesIn(fields["SubscribeMsgPopupEvent"]), ...entriesIn(fields["SubscribeMsgChangeEvent"])];
  return entries.map((entry) => ({
    kind: "consent",
    externalUserId,
    templateId: (textAt(entry, "TemplateId") ?? "").slice(0, 128),
    accepted: textAt(entry, "SubscribeStatusString") === "accept",
    at,
  }));
}

/** What became of subscribe messages of ours. */
export function subscribeResultsIn(fields: XmlElement, externalUserId: string): Inbound[] {
  return entriesIn(fields["SubscribeMsgSentEvent"]).flatMap((entry): Inbound[] => {
    const externalId = textAt(entry, "MsgID") ?? "";
    const isDelivered = (textAt(entry, "ErrorCode") ?? "0") === "0";
    const state = isDelivered ? "delivered" : "failed";
    return externalId === ""
      ? []
      : [{ kind: "receipt", externalUserId, externalId, state, ...(!isDelivered && { reason: "not_agreed" }) }];
  });
}
