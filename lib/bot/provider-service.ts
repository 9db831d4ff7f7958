import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { merchantOf } from "@/lib/identity/queries";
import { ModelError } from "@/lib/platform/ai/answer-model";
import { breakerOf } from "@/lib/platform/ai/circuit-breaker";
import { estimatedTokens } from "@/lib/platform/ai/estimated-tokens";
import { type Attempt, askChain } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { modelOf, openSecrets, optionsOf, sealSecrets } from "./provider-models";
import {
  type CallRecord,
  changeProvider,
  insertCall,
  insertProvider,
  lockProvider,
  type ProviderRow,
  placeProviders,
  removeProvider,
  selectProviders,
  selectUsage,
  type UsageRow,
} from "./provider-repository";
import {
  PROVIDERS_MAX,
  type Provider,
  type ProviderInput,
  type ProviderTrial,
  providerOptions,
} from "./provider-schema";

const DAYS = 7;
const DAY_MS = 86_400_000;

function found(row: ProviderRow | undefined): ProviderRow {
  if (!row) {
    throw new AppError("not_found", "provider_not_found");
  }
  return row;
}

function has(row: ProviderRow): { hasKey: boolean; hasExtraSecret: boolean } {
  try {
    const { key, extra } = openSecrets(row.secret);
    return { hasKey: key !== "", hasExtraSecret: extra !== "" };
  } catch {
    return { hasKey: false, hasExtraSecret: false };
  }
}

function toProvider(row: ProviderRow, usage?: UsageRow): Provider {
  const { id, name, baseUrl, model, enabled, version } = row;
  return {
    id,
    name,
    kind: row.kind as Provider["kind"],
    baseUrl,
    model,
    ...has(row),
    enabled,
    options: optionsOf(row),
    version,
    numbers: {
      calls: usage?.calls ?? 0,
      failures: usage?.failures ?? 0,
      averageMs: usage && usage.calls > 0 ? Math.round(usage.total_ms / usage.calls) : null,
      inputTokens: usage?.input_tokens ?? 0,
      outputTokens: usage?.output_tokens ?? 0,
      costMicros: usage?.cost_micros ?? 0,
      lastOutcome: usage?.last_outcome ?? null,
      lastAt: usage?.last_at ? new Date(usage.last_at).toISOString() : null,
      restSeconds: breakerOf(row.id, row.version).restSeconds,
    },
  };
}

/** The merchant's chain, with each provider's last seven days. */
export async function listProviders(context: Context): Promise<Provider[]> {
  const merchantId = merchantOf(context);
  const since = new Date(context.now().getTime() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const [rows, usage] = await Promise.all([
    selectProviders(context.db, merchantId),
    selectUsage(context.db, merchantId, since),
  ]);
  return rows.map((row) =>
    toProvider(
      row,
      usage.find((each) => each.provider_id === row.id),
    ),
  );
}

/** What the audit log keeps of a provider: no key. */
function audited(row: ProviderRow): Record<string, unknown> {
  const { name, kind, baseUrl, model, enabled, options } = row;
  return { name, kind, baseUrl, model, enabled, options, ...has(row) };
}

/** Adds a provider at the end of the chain. @throws AppError conflict `provider_limit` */
export async function createProvider(context: Context, input: ProviderInput): Promise<Provider> {
  const { apiKey, extraSecret, ...values } = input;
  return context.db.transaction(async (tx) => {
    if ((await selectProviders(tx, merchantOf(context))).length >= PROVIDERS_MAX) {
      throw new AppError("conflict", "provider_limit", { values: { max: PROVIDERS_MAX } });
    }
    const row = found(
      await insertProvider(tx, {
        ...values,
        id: newId("provider", context.now()),
        merchantId: merchantOf(context),
        secret: sealSecrets({ key: apiKey, extra: extraSecret }),
        createdAt: context.now(),
        updatedAt: context.now(),
      }),
    );
    const target = { targetType: "provider", targetId: row.id } as const;
    await record(tx, context, { action: "provider.created", ...target, after: audited(row) });
    return toProvider(row);
  });
}

type ProviderChange = {
  readonly [Key in "name" | "baseUrl" | "model" | "apiKey" | "extraSecret"]?: string | undefined;
} & {
  readonly enabled?: boolean | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly version?: number | undefined;
};

/**
 * Changes a provider; what is left out stays, its keys too. A key never goes to another address than it was typed for.
 *
 * @throws AppError not_found `provider_not_found`; conflict `stale_version`; invalid `provider_key_again`
 */
export async function updateProvider(context: Context, id: string, change: ProviderChange): Promise<Provider> {
  const { apiKey, extraSecret, options, version, ...fields } = change;
  return context.db.transaction(async (tx) => {
    const row = found(await lockProvider(tx, merchantOf(context), id));
    if (version !== undefined && version !== row.version) {
      throw new AppError("conflict", "stale_version");
    }
    const known = row.secret === null || (apiKey !== undefined && extraSecret !== undefined) ? undefined : row.secret;
    const moved = fields.baseUrl !== undefined && new URL(fields.baseUrl).origin !== new URL(row.baseUrl).origin;
    if (known && moved && apiKey === undefined) {
      throw new AppError("invalid", "provider_key_again", {
        fields: [{ path: "body.apiKey", reason: "provider_key_again" }],
      });
    }
    const old = known ? openSecrets(known) : { key: "", extra: "" };
    const secret = sealSecrets({ key: apiKey ?? old.key, extra: extraSecret ?? (moved ? "" : old.extra) });
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const merged = providerOptions.parse({
      ...optionsOf(row),
      ...Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)),
    });
    const changed = found(await changeProvider(tx, id, { ...given, secret, options: merged }, context.now()));
    await record(tx, context, {
      action: "provider.updated",
      targetType: "provider",
      targetId: id,
      before: audited(row),
      after: { ...audited(changed), ...(apiKey !== undefined && { keyChanged: true }) },
    });
    return toProvider(changed);
  });
}

/** @throws AppError not_found `provider_not_found` */
export async function deleteProvider(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = found(await lockProvider(tx, merchantOf(context), id));
    await removeProvider(tx, id);
    await record(tx, context, {
      action: "provider.deleted",
      targetType: "provider",
      targetId: id,
      before: audited(row),
    });
  });
}

/** Puts the chain in order. Ids of others, or unknown ones, change nothing. */
export async function orderProviders(context: Context, ids: readonly string[]): Promise<void> {
  await context.db.transaction(async (tx) => {
    await placeProviders(tx, merchantOf(context), ids);
    await record(tx, context, {
      action: "provider.ordered",
      targetType: "provider",
      targetId: null,
      after: { ids: [...ids] },
    });
  });
}

/** What a call cost, in millionths: prices are per million tokens, so tokens times price it is. */
function costOf(row: ProviderRow | undefined, attempt: Attempt): number {
  const { inputPrice, outputPrice } = row ? optionsOf(row) : { inputPrice: 0, outputPrice: 0 };
  return Math.round(attempt.inputTokens * inputPrice + attempt.outputTokens * outputPrice);
}

/** Writes down what calls came to. */
export async function recordAttempts(
  context: Context,
  attempts: readonly Attempt[],
  about: Pick<CallRecord, "conversationId" | "purpose"> & { readonly prompt: string; readonly answer: string },
): Promise<void> {
  if (attempts.length === 0) {
    return;
  }
  const merchantId = merchantOf(context);
  const rows = await selectProviders(context.db, merchantId);
  const { prompt, answer, ...call } = about;
  await context.db.transaction(async (tx) => {
    for (const attempt of attempts) {
      const uncounted = attempt.outcome === "ok" && attempt.inputTokens + attempt.outputTokens === 0;
      const counted = uncounted
        ? { ...attempt, inputTokens: estimatedTokens(prompt), outputTokens: estimatedTokens(answer) }
        : attempt;
      const row = rows.find(({ id }) => id === attempt.providerId);
      await insertCall(tx, { ...counted, ...call, merchantId, costMicros: costOf(row, counted), at: context.now() });
    }
  });
}

const TRIAL = { system: "Answer in one short sentence.", question: "你好，请用一句话介绍你自己。" } as const;

/** Asks one provider a harmless question, past its circuit. @throws AppError not_found `provider_not_found` */
export async function testProvider(context: Context, id: string): Promise<ProviderTrial> {
  const row = found((await selectProviders(context.db, merchantOf(context))).find((each) => each.id === id));
  // A good test closes the circuit; a bad one is no reason to keep customers from a provider.
  const succeeded = () => breakerOf(row.id, row.version).succeeded();
  const ignore = () => undefined;
  const attempts: Attempt[] = [];
  const started = performance.now();
  const outcome = await askChain(
    [
      {
        id: row.id,
        model: modelOf(row),
        breaker: { allows: () => true, succeeded, failed: ignore, abandoned: ignore },
      },
    ],
    {
      ...TRIAL,
      messages: [{ role: "user", content: TRIAL.question }],
      user: `test-${row.merchantId}`,
      onText: () => undefined,
    },
    (attempt) => attempts.push(attempt),
  ).catch((error: unknown) => error);
  const [attempt] = attempts;
  const answer = outcome instanceof Error ? undefined : (outcome as { text: string });
  await recordAttempts(context, attempts, {
    conversationId: null,
    purpose: "test",
    prompt: TRIAL.system + TRIAL.question,
    answer: answer?.text ?? "",
  });
  return {
    outcome: attempt?.outcome ?? "refused",
    detail: outcome instanceof ModelError ? (outcome.options.detail ?? "") : "",
    text: (answer?.text ?? "").slice(0, 500),
    firstMs: attempt?.firstMs ?? null,
    totalMs: attempt?.totalMs ?? Math.round(performance.now() - started),
    inputTokens: attempt?.inputTokens ?? 0,
    outputTokens: attempt?.outputTokens ?? 0,
  };
}
