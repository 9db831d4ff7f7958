import { listChannelKinds } from "@/lib/channels/contracts";
import { operation } from "@/lib/platform/http/handler";
import { CHANNEL_KINDS } from "./channel-kinds";

export const listChannelKindsOperation = operation(listChannelKinds, async () => ({
  items: CHANNEL_KINDS.map(({ kind, fields, testable }) => ({
    kind,
    fields: fields.flatMap((field) => (field.kind === "secret" ? [] : [field.name])),
    secrets: fields.flatMap((field) => (field.kind === "secret" ? [field.name] : [])),
    testable,
  })),
}));
