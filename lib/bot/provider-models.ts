import { z } from "zod";
import type { AnswerModel } from "@/lib/platform/ai/answer-model";
import { createAnthropicModel } from "@/lib/platform/ai/anthropic-model";
import { breakerOf } from "@/lib/platform/ai/circuit-breaker";
import { createDifyModel } from "@/lib/platform/ai/dify-model";
import type { Link } from "@/lib/platform/ai/model-chain";
import { createOpenAiModel } from "@/lib/platform/ai/openai-model";
import { createQingyunkeModel } from "@/lib/platform/ai/qingyunke-model";
import type { Context } from "@/lib/platform/context";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { env } from "@/lib/platform/env/env";
import { guardedStream } from "@/lib/platform/http/guarded-fetch";
import { type ProviderRow, selectProviders } from "./provider-repository";
import { type ProviderOptions, providerOptions } from "./provider-schema";

/** Both keys of a provider, as they are sealed together. */
const secrets = z.object({ key: z.string(), extra: z.string() });
export type ProviderSecrets = z.infer<typeof secrets>;

/** @returns null when there is nothing to seal */
export function sealSecrets({ key, extra }: ProviderSecrets): string | null {
  return key === "" && extra === "" ? null : seal(JSON.stringify({ key, extra }));
}

/** @throws Error when they were sealed with another key of the installation */
export function openSecrets(sealed: string | null): ProviderSecrets {
  return sealed === null ? { key: "", extra: "" } : secrets.parse(JSON.parse(unseal(sealed)));
}

/** Options as they count: what an older release stored gets today's defaults. */
export function optionsOf(row: Pick<ProviderRow, "options">): ProviderOptions {
  const parsed = providerOptions.safeParse(row.options);
  return parsed.success ? parsed.data : providerOptions.parse({});
}

/** The service behind a row. Its address was typed by a person: no private network is reached (T56). */
export function modelOf(row: ProviderRow): AnswerModel {
  const { id, name, baseUrl, model } = row;
  const options = optionsOf(row);
  const { key, extra } = openSecrets(row.secret);
  const common = { id, name, baseUrl, model, apiKey: key, firstTextMs: options.firstTextMs, fetch: guardedStream };
  switch (row.kind) {
    case "azure":
      return createOpenAiModel({ ...common, tools: options.tools, azureApiVersion: options.azureApiVersion });
    case "anthropic":
      return createAnthropicModel({ ...common, tools: options.tools });
    case "dify":
      return createDifyModel({ ...common, streaming: options.streaming, trusted: options.trusted });
    case "qingyunke":
      return createQingyunkeModel(common);
    default:
      return createOpenAiModel({
        ...common,
        tools: options.tools,
        ...(options.extraHeader && extra && { headers: { [options.extraHeader]: extra } }),
      });
  }
}

/** Id under which the environment's own model stands in records. */
export const ENVIRONMENT = "environment";

/** The model of the environment (AI_BASE_URL, AI_MODEL, AI_API_KEY); none when it is not set. */
function fromEnvironment(): Link[] {
  const { AI_BASE_URL: baseUrl, AI_MODEL: model, AI_API_KEY: apiKey, AI_FIRST_TOKEN_MS: firstTextMs } = env();
  if (!baseUrl || !model) {
    return [];
  }
  const settings = { id: ENVIRONMENT, name: model, baseUrl, model, apiKey, firstTextMs };
  return [{ id: ENVIRONMENT, model: createOpenAiModel(settings), breaker: breakerOf(ENVIRONMENT, 1) }];
}

/** A merchant's chain: its own providers in order, or the installation's model where it has none. */
export async function chainOf(context: Context, merchantId: string): Promise<Link[]> {
  const rows = await selectProviders(context.db, merchantId);
  if (rows.length === 0) {
    return fromEnvironment();
  }
  return rows
    .filter((row) => row.enabled)
    .flatMap((row) => {
      try {
        return [{ id: row.id, model: modelOf(row), breaker: breakerOf(row.id, row.version) }];
      } catch (error) {
        context.log.error({ err: error, providerId: row.id }, "provider cannot be opened");
        return [];
      }
    });
}
