import { z } from "zod";
import { channelTemplate } from "@/lib/channels/template-contracts";
import { defineContract } from "@/lib/platform/http/contract";
import { message } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const title = z.string().trim().min(1).max(64);
const description = z.string().trim().max(120).default("");
const webAddress = z.url({ protocol: /^https?$/ }).max(1_024);

/** What an agent may send beside words and files, where the customer's platform has it. */
export const richContent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("link"),
    title,
    description,
    url: webAddress,
    pictureFileId: z.string().max(40).optional(),
  }),
  z.object({
    kind: z.literal("miniprogram"),
    title,
    appId: z.string().trim().min(1).max(64),
    path: z.string().trim().min(1).max(1_024),
    pictureFileId: z.string().max(40),
  }),
  /** A question with answers that can be tapped. */
  z.object({
    kind: z.literal("menu"),
    text: z.string().trim().min(1).max(600),
    choices: z.array(z.string().trim().min(1).max(40)).min(1).max(10),
  }),
  /** A place on the map; `title` is its name, `description` its address. */
  z.object({
    kind: z.literal("location"),
    title,
    description,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  /** A link by which the customer adds a colleague (WeCom 获客链接). */
  z.object({ kind: z.literal("contact"), title, url: webAddress }),
  z.object({
    kind: z.literal("template"),
    templateId: z.string().max(128),
    fields: z.record(z.string().max(40), z.string().max(200)),
    /** Where a tap leads: a page, or a path of the mini program. */
    page: z.string().trim().max(1_024).optional(),
  }),
]);
export type RichContent = z.output<typeof richContent>;

export const postRichMessage = defineContract({
  name: "postRichMessage",
  summary: "Send a card, a menu, or a template message (in any state of the conversation) to the customer",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/rich-messages",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ clientId: z.string().min(8).max(64), content: richContent }),
  result: message,
  status: 201,
  perMinute: 300,
});

export const listOfferedTemplates = defineContract({
  name: "listOfferedTemplates",
  summary: "Templates that may be sent in a conversation, and to how many messages of each the customer agreed",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/templates",
  audience: ["agent", "key"],
  permission: "conversations.read",
  params: byId,
  result: z.object({
    items: z.array(
      channelTemplate.omit({ offered: true }).extend({
        /** Null where no agreement is needed. */
        agreed: z.number().int().nullable(),
      }),
    ),
  }),
});
