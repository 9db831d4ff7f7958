import type { Outbound, OutboundFile } from "@/lib/channels/adapter";
import type { MessageRow } from "./rows";
import type { MessagePart } from "./schema";

type PartOf<Type extends MessagePart["type"]> = Extract<MessagePart, { type: Type }>;

/** The card or template of a message, for the platforms that have such things. */
export function richOutbound(
  row: MessageRow,
  fileOf: (file: { fileId: string; name: string; mime: string; size: number }) => OutboundFile,
): Pick<Outbound, "card" | "template"> {
  const parts = row.parts as unknown as readonly MessagePart[];
  const card = parts.find((part): part is PartOf<"card"> => part.type === "card");
  const template = parts.find((part): part is PartOf<"template"> => part.type === "template");
  return {
    ...(card && {
      card: {
        title: card.title,
        description: card.description,
        ...(card.url && { url: card.url }),
        ...(card.app && { app: card.app }),
        ...(card.place && { place: card.place }),
        ...(card.isContact && { isContact: card.isContact }),
        ...(card.picture && { picture: fileOf(card.picture) }),
      },
    }),
    ...(template && {
      template: {
        templateId: template.templateId,
        kind: template.kind,
        fields: template.fields,
        ...(template.page && { page: template.page }),
      },
    }),
  };
}
