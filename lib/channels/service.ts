import { randomBytes } from "node:crypto";
import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { seal } from "@/lib/platform/crypto/seal";
import { parseChannelConfig } from "./config";
import { forgetChannel } from "./lookup-queries";
import { type ChannelChange, lockChannel, saveChannel } from "./repository";
import type { Channel } from "./schema";
import { openSecrets, secretNames } from "./secret-queries";
import { type ChannelRow, toChannel } from "./serialize";

type Editor = Context<ActorOf<"agent"> | ActorOf<"key">>;

const IDENTITY_SECRET_BYTES = 32;

export interface ChannelEdit {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly config?: Record<string, unknown> | undefined;
  /** The version that the editor read. */
  readonly version: number;
}

const told = ({ name, enabled, config }: ChannelRow) => ({ name, enabled, config });

async function lock(tx: Transaction, context: Editor, id: string): Promise<ChannelRow> {
  const row = await lockChannel(tx, context.actor.merchantId, id);
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
      ...(edit.config !== undefined && { config: parseChannelConfig(before.type, edit.config) }),
    };
    const after = await save(tx, id, change);
    await record(tx, context, {
      action: "channel.updated",
      targetType: "channel",
      targetId: id,
      before: told(before),
      after: told(after),
    });
    return after;
  });
  forgetChannel(id);
  return toChannel(saved, secretNames(saved.sealedSecrets));
}

/**
 * Makes a new identity secret: the merchant's server signs its users' ids with it (features.md V1). The old one is gone.
 *
 * @returns the secret, 64 hex digits; it is kept sealed and never shown again
 * @throws AppError not_found
 */
export async function rotateIdentitySecret(context: Editor, id: string): Promise<string> {
  const secret = randomBytes(IDENTITY_SECRET_BYTES).toString("hex");
  await context.db.transaction(async (tx) => {
    const before = await lock(tx, context, id);
    const secrets = { ...openSecrets(before.sealedSecrets), identitySecret: secret };
    await save(tx, id, { sealedSecrets: seal(JSON.stringify(secrets)) });
    await record(tx, context, { action: "channel.secret_rotated", targetType: "channel", targetId: id });
  });
  forgetChannel(id);
  return secret;
}
