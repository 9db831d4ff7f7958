import type { z } from "zod";
import type { ChannelAdapter } from "@/lib/channels/adapter";
import { adapters } from "@/lib/channels/registry";
import type { ChannelKind } from "@/lib/channels/schema";
import { LOCALES } from "@/lib/i18n/locales";
import { describeFields } from "@/lib/settings/describe-fields";
import type { FieldShape } from "@/lib/settings/schema";

/** Fields that a form keeps out of sight until asked: they are for who knows why. */
const ADVANCED = ["apiBase"];

/** What differs by language has no fields of its own in its schema: a form shows one for each language. */
function withLanguages({ entry, ...field }: FieldShape): FieldShape {
  return entry ? { ...field, fields: LOCALES.map((name) => ({ ...entry, name })) } : field;
}

function fieldsOf(adapter: ChannelAdapter): FieldShape[] {
  const described = describeFields({ name: adapter.kind, schema: adapter.config as z.ZodObject, secrets: [] });
  return described.map(withLanguages);
}

function kindOf(adapter: ChannelAdapter): ChannelKind {
  const secrets = adapter.secrets.map((name): FieldShape => ({ name, kind: "secret" }));
  return {
    kind: adapter.kind,
    fields: [...fieldsOf(adapter), ...secrets],
    issuedSecrets: adapter.issuedSecrets ?? [],
    advanced: ADVANCED,
    testable: adapter.test !== undefined,
    hasTemplates: adapter.templates !== undefined,
    capabilities: adapter.capabilities,
  };
}

/** Every kind of channel as forms and the command line see it, from the adapters' own schemas. */
export const CHANNEL_KINDS: readonly ChannelKind[] = adapters().map(kindOf);
