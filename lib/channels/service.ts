import { randomBytes } from "node:crypto";
import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { seal } from "@/lib/platform/crypto/seal";
import { checkApiBase, parseChannelConfig } from "./config";
import { forgetChannel } from "./lookup-queries";
import { adapterOf } from "./registry";
import { type ChannelChange, insertChannel, lockChannel, saveChannel } from "./repository";
import type { Channel } from "./schema";
import { withoutPrevious, withSuccessor } from "./secret-overlap";
import { openSecrets, secretNames } from "./secret-queries";
import { type ChannelRow, toChannel } from "./serialize";

/** An admin, a key, or the operator at the command line. */
export type Editor = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

const SECRET_BYTES = 32;

export interface ChannelEdit {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly config?: Record<string, unknown> | undefined;
  /** New values of secrets; null clears one. Those that are not named stay. */
  readonly secrets?: Readonly<Record<string, string | null>> | undefined;
  /** The version that the editor read. */
  readonly version: number;
}

const told = ({ name, enabled, config }: ChannelRow) => ({ name, enabled, config });

/** Only the operator at the machine may point a channel at any address. */
function parseConfig(
  context: Editor,
  type: string,
  config: Record<string, unknown>,
  before?: Record<string, unknown>,
): Record<string, unknown> {
  const parsed = parseChannelConfig(type, config);
  if (context.actor.kind !== "system") {
    checkApiBase(parsed, before);
  }
  return parsed;
}

/** Seals what is set. @throws AppError invalid for a secret that the kind does not have */
function sealSecrets(
  type: string,
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
): string {
  const known = adapterOf(type)?.secrets ?? [];
  const unknown = Object.keys(change).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError("invalid", "invalid", {
      fields: unknown.map((name) => ({ path: `secrets.${name}`, reason: "invalid_format" })),
    });
  }
  // A value that somebody types ends the one before it at once.
  const kept = Object.keys(change).reduce(withoutPrevious, before);
  const after = Object.entries({ ...kept, ...change }).filter(([, value]) => value !== null && value !== "");
  return seal(JSON.stringify(Object.fromEntries(after)));
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString("hex");

async function lock(tx: Transaction, context: Editor, id: string): Promise<ChannelRow> {
  const row = await lockChannel(tx, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "channel_not_found");
  }
  return row;
}

async function save(tx: Transaction, id: string, change: ChannelChange): Promise<ChannelRow> {
  const row = await saveChannel(tx, id, change);
  if (!row) {
    throw new AppError("not_found", "channel_not_found");
  }
  return row;
}

/**
 * Changes name, state or configuration of a channel of the caller's merchant.
 *
 * @throws AppError not_found; invalid with the wrong fields; conflict `stale_version` when somebody saved in between
 */
export async function updateChannel(context: Editor, id: string, edit: ChannelEdit): Promise<Channel> {
  const saved = await context.db.transaction(async (tx) => {
    const before = await lock(tx, context, id);
    if (before.version !== edit.version) {
      throw new AppError("conflict", "stale_version");
    }
    const change: ChannelChange = {
      ...(edit.name !== undefined && { name: edit.name }),
      ...(edit.enabled !== undefined && { enabled: edit.enabled }),
      ...(edit.config !== undefined && { config: parseConfig(context, before.type, edit.config, before.config) }),
      ...(edit.secrets !== undefined && {
        sealedSecrets: sealSecrets(before.type, openSecrets(before.sealedSecrets), edit.secrets),
      }),
    };
    const after = await save(tx, id, change);
    await record(tx, context, {
      action: "channel.updated",
      targetType: "channel",
      targetId: id,
      before: told(before),
      after: { ...told(after), ...(edit.secrets && { secrets: Object.keys(edit.secrets) }) },
    });
    return after;
  });
  forgetChannel(id);
  return toChannel(saved, secretNames(saved.sealedSecrets));
}

/** Changes what is sealed of a secret that is ours to make. @throws AppError not_found; invalid for any other secret */
async function changeIssued(
  context: Editor,
  id: string,
  name: string,
  change: { readonly action: string; readonly to: (secrets: Readonly<Record<string, string>>) => object },
): Promise<void> {
  await context.db.transaction(async (tx) => {
    const before = await lock(tx, context, id);
    if (!adapterOf(before.type)?.issuedSecrets?.includes(name)) {
      throw new AppError("invalid", "invalid", { fields: [{ path: "name", reason: "invalid_format" }] });
    }
    await save(tx, id, { sealedSecrets: seal(JSON.stringify(change.to(openSecrets(before.sealedSecrets)))) });
    await record(tx, context, {
      action: change.action,
      targetType: "channel",
      targetId: id,
      after: { secret: name },
    });
  });
  forgetChannel(id);
}

/**
 * Makes a new value for a secret that is ours to make (the identity secret of a web channel, with which a merchant's
 * server signs its users' ids; the signing secret of an API channel). The old one counts for a day beside it.
 *
 * @returns the secret, 64 hex digits; it is kept sealed and never shown again
 * @throws AppError not_found; invalid `invalid` for a secret that the platform makes
 */
export async function rotateSecret(context: Editor, id: string, name: string): Promise<string> {
  const secret = newSecret();
  await changeIssued(context, id, name, {
    action: "channel.secret_rotated",
    to: (secrets) => withSuccessor(secrets, name, secret, context.now()),
  });
  return secret;
}

/** Ends the day in which the value before counts: it leaked, or is in use nowhere. @throws AppError as rotateSecret */
export function endSecretOverlap(context: Editor, id: string, name: string): Promise<void> {
  return changeIssued(context, id, name, {
    action: "channel.secret_overlap_ended",
    to: (secrets) => withoutPrevious(secrets, name),
  });
}

/** The identity secret of a web channel, made anew (features.md V1). @throws AppError as rotateSecret */
export function rotateIdentitySecret(context: Editor, id: string): Promise<string> {
  return rotateSecret(context, id, "identitySecret");
}

export interface NewChannel {
  readonly type: string;
  readonly name: string;
  readonly config?: Record<string, unknown> | undefined;
  readonly secrets?: Readonly<Record<string, string | null>> | undefined;
}

/**
 * Adds a channel of a known kind. What an API channel needs to sign is made here when it was not given.
 *
 * @returns the channel, and the secrets that were made, by name: they are shown this once
 * @throws AppError invalid `channel_type_unknown`, or with the wrong fields
 */
export async function createChannel(
  context: Editor,
  input: NewChannel,
): Promise<{ channel: Channel; issued: Record<string, string> }> {
  const adapter = adapterOf(input.type);
  if (!adapter) {
    throw new AppError("invalid", "channel_type_unknown");
  }
  const given = input.secrets ?? {};
  const needed = adapter.kind === "web" ? [] : (adapter.issuedSecrets ?? []);
  const issued = Object.fromEntries(needed.filter((name) => !given[name]).map((name) => [name, newSecret()]));
  const config = parseConfig(context, input.type, input.config ?? {});
  const sealedSecrets = sealSecrets(input.type, {}, { ...given, ...issued });
  const row = await context.db.transaction(async (tx) => {
    const inserted = await insertChannel(tx, {
      id: newId("channel", context.now()),
      merchantId: merchantOf(context),
      type: input.type,
      name: input.name,
      config,
      sealedSecrets,
    });
    await record(tx, context, {
      action: "channel.created",
      targetType: "channel",
      targetId: inserted.id,
      after: { ...told(inserted), type: input.type },
    });
    return inserted;
  });
  return { channel: toChannel(row, secretNames(row.sealedSecrets)), issued };
}

/**
 * Removes a channel: it leaves the lists, hears and sends nothing more, and its secrets are erased. Conversations that
 * came over it stay.
 *
 * @throws AppError not_found
 */
export async function removeChannel(context: Editor, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const before = await lock(tx, context, id);
    await save(tx, id, { enabled: false, sealedSecrets: null, removedAt: context.now() });
    await record(tx, context, { action: "channel.removed", targetType: "channel", targetId: id, before: told(before) });
  });
  forgetChannel(id);
}
