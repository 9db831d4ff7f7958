import { bindAdapter } from "@/lib/channels/bind-service";
import type { CardKind } from "@/lib/channels/card-schema";
import { findChannel } from "@/lib/channels/lookup-queries";
import { templatesOfChannel } from "@/lib/channels/template-service";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import { consentsOf } from "@/lib/customers/consent-service";
import { filesForMessage } from "@/lib/files/queries";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { type AgentContext, claimConversation, type StaffContext } from "./agent-service";
import { contentOf } from "./parts";
import { ALLOWED, mayActForOthers } from "./policy";
import { checkReplyAllowance } from "./reply-window-service";
import { findConversation } from "./repository";
import type { RichContent } from "./rich-contracts";
import type { ConversationRow } from "./rows";
import type { Message, MessagePart } from "./schema";
import { announce, writeMessage } from "./service";

async function existing(context: Context, id: string): Promise<ConversationRow> {
  const row = await findConversation(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

/** Kinds of cards that the customer's platform has. */
export async function cardKindsOf(context: Context, row: ConversationRow): Promise<readonly CardKind[]> {
  const channel = await findChannel(context.db, row.channel_id);
  return (channel && (await bindAdapter(context, channel)).adapter.capabilities.cards) ?? [];
}

type Picture = Extract<MessagePart, { type: "card" }>["picture"];

async function pictureOf(context: StaffContext, id: string | undefined): Promise<Picture> {
  if (id === undefined) {
    return undefined;
  }
  const { actor } = context;
  const uploaderId = actor.kind === "agent" ? actor.agentId : actor.keyId;
  const uploader = { merchantId: actor.merchantId, kind: actor.kind, id: uploaderId };
  const [file] = await filesForMessage(context.db, uploader, [id]);
  if (!file?.mime.startsWith("image/")) {
    throw new AppError("invalid", "file_unknown");
  }
  return { fileId: file.id, name: file.name, mime: file.mime, size: file.size };
}

type TemplateContent = Extract<RichContent, { kind: "template" }>;

/** The message of a template, its wording filled in. @throws AppError invalid `template_not_found` | `required` */
async function templatePart(context: Context, row: ConversationRow, content: TemplateContent): Promise<MessagePart> {
  const templates = await templatesOfChannel(context, row.channel_id);
  const template = templates.find(({ templateId, offered }) => offered && templateId === content.templateId);
  if (!template) {
    throw new AppError("invalid", "template_not_found");
  }
  const missing = template.fields.filter((name) => !content.fields[name]?.trim());
  if (missing.length > 0) {
    const fields = missing.map((name) => ({ path: `content.fields.${name}`, reason: "required" }));
    throw new AppError("invalid", "invalid", { fields });
  }
  const fields = Object.fromEntries(template.fields.map((name) => [name, storable(content.fields[name] ?? "").trim()]));
  const text = template.content.replace(/\{\{\s*(\w+)\.DATA\s*\}\}/g, (_, name: string) => fields[name] ?? "");
  const { templateId, kind, title } = template;
  return {
    type: "template",
    templateId,
    kind,
    title,
    text: `${title}\n${text}`,
    fields,
    ...(content.page && { page: content.page }),
  };
}

async function partsOf(context: StaffContext, row: ConversationRow, content: RichContent): Promise<MessagePart[]> {
  switch (content.kind) {
    case "template":
      return [await templatePart(context, row, content)];
    case "menu": {
      const choices = [...new Set(content.choices.map(storable))].map((label) => ({ label, action: "ask" as const }));
      return [
        { type: "text", text: storable(content.text) },
        { type: "choices", choices },
      ];
    }
    case "location": {
      const { latitude, longitude } = content;
      const words = { title: storable(content.title), description: storable(content.description) };
      return [{ type: "card", ...words, place: { latitude, longitude } }];
    }
    case "contact":
      return [{ type: "card", title: storable(content.title), description: "", url: content.url, isContact: true }];
    default: {
      const picture = await pictureOf(context, content.pictureFileId);
      const target =
        content.kind === "link"
          ? { url: content.url, description: storable(content.description) }
          : { app: { appId: content.appId, path: content.path }, description: "" };
      return [{ type: "card", title: storable(content.title), ...target, ...(picture && { picture }) }];
    }
  }
}

/** @throws AppError conflict `card_not_available`; as checkReplyAllowance. A template may go at any time. */
async function checkMaySend(context: StaffContext, row: ConversationRow, content: RichContent, clientId: string) {
  if (content.kind === "template") {
    return;
  }
  if (!(await cardKindsOf(context, row)).includes(content.kind)) {
    throw new AppError("conflict", "card_not_available");
  }
  await checkReplyAllowance(context, row.id, clientId);
}

/**
 * Sends a card, a menu or a template message to the customer. A card in a waiting conversation takes it first, as a reply
 * does; a template message is none: it leaves the conversation as it is, even an ended one.
 *
 * @throws AppError not_found; conflict `card_not_available` | `conversation_ended` | `already_taken` |
 * `reply_window_closed` | `reply_limit_reached`; invalid `template_not_found` | `file_unknown`, or with the empty fields
 */
export async function postRichMessage(
  context: StaffContext,
  id: string,
  input: { readonly clientId: string; readonly content: RichContent },
): Promise<Message> {
  const { actor } = context;
  const { content, clientId } = input;
  const row = await existing(context, id);
  await checkMaySend(context, row, content, clientId);
  const parts = await partsOf(context, row, content);
  const isTemplate = content.kind === "template";
  const actsForOthers = isTemplate || actor.kind === "key" || mayActForOthers(actor.role);
  if (!isTemplate && actor.kind === "agent" && ALLOWED.claim.includes(row.status)) {
    await claimConversation(context as AgentContext, id);
  }
  const stored = await writeMessage(context.db, context, {
    conversationId: id,
    allowedStatuses: isTemplate ? ALLOWED.note : ALLOWED.agent_post,
    assigneeId: actsForOthers || actor.kind !== "agent" ? null : actor.agentId,
    authorKind: "agent",
    authorId: actor.kind === "agent" ? actor.agentId : null,
    visibility: "public",
    content: contentOf(parts),
    clientId,
  });
  if (stored.outcome === "missing") {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (stored.outcome === "refused") {
    const isTaken = ALLOWED.agent_post.includes(stored.conversation.status);
    throw new AppError("conflict", isTaken ? "already_taken" : "conversation_ended");
  }
  return announce(context, stored);
}

/** Templates that agents are offered for a conversation, with what the customer agreed to. @throws AppError not_found */
export async function offeredTemplates(context: StaffContext, id: string) {
  const row = await existing(context, id);
  const templates = await templatesOfChannel(context, row.channel_id);
  const consents = await consentsOf(context.db, row.identity_id);
  return templates
    .filter(({ offered }) => offered)
    .map(({ offered: _, ...template }) => ({
      ...template,
      agreed: template.kind === "subscribe" ? (consents.get(template.templateId) ?? 0) : null,
    }));
}
