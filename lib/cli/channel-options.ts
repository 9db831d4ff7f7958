import type { z } from "zod";
import { adapterOf } from "@/lib/channels/registry";
import type { ChannelKind } from "@/lib/channels/schema";
import { AppError } from "@/lib/core/errors";
import { valueFromText } from "@/lib/settings/value-text";

/** What the systems of before called a thing, where its kind calls it otherwise. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  app_secret: ["corpSecret"],
  corp_secret: ["appSecret"],
  open_kfid: ["openKfId"],
  domain: ["allowedDomains"],
};

/** `encoding_aes_key` and `encodingAESKey` are one name. */
const folded = (name: string): string => name.replace(/[_-]/g, "").toLowerCase();

export interface ChannelValues {
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, string>;
}

/**
 * Options of the command line → configuration and secrets of a kind, by the fields that its adapter has.
 *
 * @param options by their names with underscores; empty ones are left out
 * @throws AppError invalid for an option that the kind has no field for, or whose value does not fit
 */
export function channelValues(kind: ChannelKind, options: Readonly<Record<string, string>>): ChannelValues {
  const values: ChannelValues = { config: {}, secrets: {} };
  const schema = adapterOf(kind.kind)?.config as z.ZodObject | undefined;
  for (const [option, text] of Object.entries(options)) {
    const names = [option, ...(ALSO_CALLED[option] ?? [])].map(folded);
    const field = names.flatMap((name) => kind.fields.filter((each) => folded(each.name) === name))[0];
    if (!field) {
      throw new AppError("invalid", "channel_option_unknown", { values: { option, kind: kind.kind } });
    }
    if (field.kind === "secret") {
      values.secrets[field.name] = text;
      continue;
    }
    const part = schema?.shape[field.name];
    const read = part && valueFromText(part as z.ZodType, text);
    if (!read) {
      throw new AppError("invalid", "channel_option_invalid", { values: { option } });
    }
    values.config[field.name] = read.value;
  }
  return values;
}
