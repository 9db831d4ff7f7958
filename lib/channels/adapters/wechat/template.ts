import { z } from "zod";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { type AdapterContext, ChannelError, type Outbound } from "../../adapter";
import type { OutboundTemplate, PlatformTemplate } from "../../card-schema";
import { answerOf, callJson, callWith, WeixinError } from "./platform";
import type { WeixinConfig } from "./schema";

type Context = AdapterContext<WeixinConfig>;

const FIELD = /\{\{\s*(\w+)\.DATA\s*\}\}/g;
/** "api unauthorized": the account has no messages of this kind, or its kind knows none. */
const WITHOUT_RIGHT = [48001, 48008, 50001];

const fieldsOf = (content: string): string[] => [...new Set([...content.matchAll(FIELD)].map(([, name = ""]) => name))];

const templates = z.object({
  template_list: z.array(z.object({ template_id: z.string(), title: z.string(), content: z.string() })),
});
const subscriptions = z.object({
  data: z.array(z.object({ priTmplId: z.string(), title: z.string(), content: z.string() })),
});

/** An account that may not have one kind of message may have the other. */
async function unlessWithoutRight(list: Promise<readonly PlatformTemplate[]>): Promise<readonly PlatformTemplate[]> {
  try {
    return await list;
  } catch (error) {
    if (error instanceof WeixinError && WITHOUT_RIGHT.includes(error.code)) {
      return [];
    }
    throw error;
  }
}

async function templateMessages(context: Context): Promise<readonly PlatformTemplate[]> {
  const answer = await callWith(context, "/cgi-bin/template/get_all_private_template", {}, answerOf);
  const parsed = templates.safeParse(answer);
  if (!parsed.success) {
    throw new ChannelError("transient", "the platform gave no list of templates");
  }
  return parsed.data.template_list.map(({ template_id: templateId, title, content }) => ({
    templateId,
    kind: "template",
    title,
    content,
    fields: fieldsOf(content),
  }));
}

async function subscribeMessages(context: Context): Promise<readonly PlatformTemplate[]> {
  const parsed = subscriptions.safeParse(await callWith(context, "/wxaapi/newtmpl/gettemplate", {}, answerOf));
  if (!parsed.success) {
    throw new ChannelError("transient", "the platform gave no list of subscribe messages");
  }
  return parsed.data.data.map(({ priTmplId: templateId, title, content }) => ({
    templateId,
    kind: "subscribe",
    title,
    content,
    fields: fieldsOf(content),
  }));
}

/** All wordings that an Official Account has. @throws ChannelError */
export async function accountTemplates(context: Context): Promise<readonly PlatformTemplate[]> {
  return [
    ...(await unlessWithoutRight(templateMessages(context))),
    ...(await unlessWithoutRight(subscribeMessages(context))),
  ];
}

/** Those of a Mini Program: it has subscribe messages only. @throws ChannelError */
export function programTemplates(context: Context): Promise<readonly PlatformTemplate[]> {
  return unlessWithoutRight(subscribeMessages(context));
}

const sent = z.object({ msgid: z.union([z.string(), z.number()]).optional() });

/**
 * Sends a template or subscribe message (fact sheet 1.11); its result comes later as an event with the same id.
 *
 * @param isAccount true for an Official Account; a Mini Program has a path of its own
 * @throws ChannelError
 */
export async function sendTemplate(
  { externalUserId, messageId }: Outbound,
  { templateId, kind, fields, page }: OutboundTemplate,
  context: Context,
  isAccount: boolean,
): Promise<{ externalId: string | null }> {
  const data = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));
  const body = { touser: externalUserId, template_id: templateId, data };
  const answer =
    kind === "template"
      ? await callJson(context, "/cgi-bin/message/template/send", {
          ...body,
          ...(page && { url: page }),
          // The same id within ten minutes is not sent twice.
          client_msg_id: sha256Hex(messageId).slice(0, 32),
        })
      : await callJson(context, `/cgi-bin/message/subscribe/${isAccount ? "bizsend" : "send"}`, {
          ...body,
          ...(page && { page }),
        });
  const id = sent.safeParse(answer).data?.msgid;
  return { externalId: id === undefined ? null : String(id) };
}
