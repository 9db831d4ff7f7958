import { and, asc, eq, notInArray } from "drizzle-orm";
import { channelTemplates } from "@/db/schema/channels";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { ChannelError } from "./adapter";
import { bindAdapter } from "./bind-service";
import type { TemplateKind } from "./card-schema";
import { selectChannel } from "./repository";
import type { ChannelTemplate } from "./template-contracts";

type Staff = Context<ActorOf<"agent"> | ActorOf<"key">>;
type TemplateRow = typeof channelTemplates.$inferSelect;

function toTemplate(row: TemplateRow): ChannelTemplate {
  const { templateId, title, content, fields, offered } = row;
  return { templateId, kind: row.kind as TemplateKind, title, content, fields, offered };
}

/** Templates of a channel as they were told last, those for all before those that need a customer's word. */
export async function templatesOfChannel(context: Context, channelId: string): Promise<ChannelTemplate[]> {
  const rows = await context.db
    .select()
    .from(channelTemplates)
    .where(eq(channelTemplates.channelId, channelId))
    .orderBy(asc(channelTemplates.kind), asc(channelTemplates.title), asc(channelTemplates.templateId));
  return rows.map(toTemplate);
}

async function own(context: Staff, channelId: string) {
  const channel = await selectChannel(context.db, merchantOf(context), channelId);
  if (!channel) {
    throw new AppError("not_found", "channel_not_found");
  }
  return channel;
}

/** @throws AppError not_found */
export async function listTemplates(context: Staff, channelId: string): Promise<ChannelTemplate[]> {
  await own(context, channelId);
  return templatesOfChannel(context, channelId);
}

/**
 * Asks the platform which wordings it approved for this account, and keeps them: new ones are offered to agents, those
 * that are gone there go here.
 *
 * @throws AppError not_found; conflict `templates_not_available` for a kind without templates | `platform_refused` with
 * the platform's words in the log | `platform_unreachable`
 */
export async function syncTemplates(context: Staff, channelId: string): Promise<ChannelTemplate[]> {
  const channel = await own(context, channelId);
  const bound = await bindAdapter(context, channel);
  if (!bound.adapter.templates) {
    throw new AppError("conflict", "templates_not_available");
  }
  const told = await bound.adapter.templates(bound.context).catch((error: unknown) => {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    context.log.warn({ channelId, reason: error.message }, "templates could not be read");
    throw new AppError("conflict", error.kind === "transient" ? "platform_unreachable" : "platform_refused");
  });
  await context.db.transaction(async (tx) => {
    const ids = told.map(({ templateId }) => templateId);
    const gone = eq(channelTemplates.channelId, channelId);
    await tx
      .delete(channelTemplates)
      .where(ids.length ? and(gone, notInArray(channelTemplates.templateId, ids)) : gone);
    for (const { templateId, kind, title, content, fields } of told) {
      const values = { kind, title, content, fields: [...fields], updatedAt: context.now() };
      await tx
        .insert(channelTemplates)
        .values({ channelId, templateId, ...values })
        .onConflictDoUpdate({ target: [channelTemplates.channelId, channelTemplates.templateId], set: values });
    }
    await record(tx, context, {
      action: "channel.templates_read",
      targetType: "channel",
      targetId: channelId,
      after: { templates: told.length },
    });
  });
  return templatesOfChannel(context, channelId);
}

/** Offers a template to agents, or no longer. @throws AppError not_found `template_not_found` */
export async function offerTemplate(
  context: Staff,
  channelId: string,
  templateId: string,
  offered: boolean,
): Promise<ChannelTemplate> {
  await own(context, channelId);
  return context.db.transaction(async (tx) => {
    const [row] = await tx
      .update(channelTemplates)
      .set({ offered })
      .where(and(eq(channelTemplates.channelId, channelId), eq(channelTemplates.templateId, templateId)))
      .returning();
    if (!row) {
      throw new AppError("not_found", "template_not_found");
    }
    await record(tx, context, {
      action: "channel.template_offered",
      targetType: "channel",
      targetId: channelId,
      after: { template: row.title, offered },
    });
    return toTemplate(row);
  });
}
