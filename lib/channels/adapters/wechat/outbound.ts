import { z } from "zod";
import { type AdapterContext, ChannelError, type InboundMedia, type Outbound, type OutboundFile } from "../../adapter";
import { cardBody } from "./card";
import { mediaId } from "./media-upload";
import { answerOf, callJson, callWith, WeixinError } from "./platform";
import type { WeixinConfig } from "./schema";
import { sendTemplate } from "./template";

type Context = AdapterContext<WeixinConfig>;

/** Longest text of the platform, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 2_048;
const MENU_MAX = 10;

const byteLength = (text: string) => Buffer.byteLength(text);

/** Where a text may be cut, best first: after a paragraph, a line, a sentence, a pause, a space. */
const CUTS = [/\n{2,}/g, /\n/g, /[。！？!?；;…]+["”』」）)]?/g, /[，,、：:]/g, /\s/g];

/** The longest start of the text that fits, never within a character. */
function fitting(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maxBytes) {
      break;
    }
    end += character.length;
  }
  return text.slice(0, end);
}

function cutAt(start: string): number {
  for (const cut of CUTS) {
    const last = [...start.matchAll(cut)].at(-1);
    const end = last === undefined ? 0 : last.index + last[0].length;
    // A cut near the beginning would leave crumbs.
    if (end > start.length / 3) {
      return end;
    }
  }
  return start.length;
}

/** Cuts a text into pieces of at most `maxBytes` bytes, at the end of a sentence where there is one. */
export function splitText(text: string, maxBytes = MAX_TEXT_BYTES): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (byteLength(rest) > maxBytes) {
    const start = fitting(rest, maxBytes);
    const end = cutAt(start);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest].filter(Boolean);
}

/** What a customer may tap, written out: for messages that can't have buttons. */
export function withChoices(text: string, choices: readonly string[] = []): string {
  return [text, choices.map((choice) => `· ${choice}`).join("\n")].filter(Boolean).join("\n\n");
}

/** One text or one file each, in their order; choices go with the last text. */
export function pieces(message: Outbound): readonly Outbound[] {
  if (message.card || message.template) {
    return [message];
  }
  const texts = splitText(message.text || (message.choices?.length ? " " : ""));
  const said = texts.map((text, index) => ({
    ...message,
    text,
    choices: index === texts.length - 1 ? (message.choices ?? []) : [],
    files: [],
  }));
  const sent = message.files.map((file) => ({ ...message, text: "", choices: [], files: [file] }));
  return [...said, ...sent].map((piece, index) => ({ ...piece, idempotencyKey: `${message.messageId}:${index}` }));
}

/** Which kind of media a file can be, within the platform's limits; undefined: it goes as a link. */
export function mediaTypeOf(
  { mime, size }: OutboundFile,
  kinds: readonly string[],
): "image" | "voice" | "video" | undefined {
  const MEBIBYTE = 1_048_576;
  const type =
    /^image\/(png|jpeg|gif|bmp)$/.test(mime) && size <= 10 * MEBIBYTE
      ? "image"
      : /^audio\/(amr|mpeg)$/.test(mime) && size <= 2 * MEBIBYTE
        ? "voice"
        : mime === "video/mp4" && size <= 10 * MEBIBYTE
          ? "video"
          : undefined;
  return type && kinds.includes(type) ? type : undefined;
}

async function fileBody(
  context: Context,
  file: OutboundFile,
  kinds: readonly string[],
): Promise<Record<string, unknown>> {
  const type = mediaTypeOf(file, kinds);
  if (!type) {
    return { msgtype: "text", text: { content: `📎 ${file.name}\n${file.url}` } };
  }
  const media_id = await mediaId(context, file, type);
  return { msgtype: type, [type]: { media_id, ...(type === "video" && { title: file.name }) } };
}

function textBody(message: Outbound, hasMenus: boolean): Record<string, unknown> {
  const choices = message.choices ?? [];
  if (hasMenus && choices.length > 0 && choices.length <= MENU_MAX) {
    const list = choices.map((content, index) => ({ id: String(index + 1), content }));
    return { msgtype: "msgmenu", msgmenu: { head_content: message.text, list, tail_content: "" } };
  }
  return { msgtype: "text", text: { content: withChoices(message.text, choices) } };
}

/**
 * Sends one piece as a customer service message.
 *
 * @param facts.media kinds of media the platform takes; `isAccount`: an Official Account, whose choices can be tapped
 */
export async function sendPiece(
  message: Outbound,
  context: Context,
  facts: { readonly media: readonly string[]; readonly isAccount: boolean },
): Promise<{ externalId: string | null }> {
  if (message.template) {
    return sendTemplate(message, message.template, context, facts.isAccount);
  }
  const file = message.card?.picture ?? message.files[0];
  const send = async () => {
    const body = message.card
      ? await cardBody(context, message.card, facts.isAccount)
      : file
        ? await fileBody(context, file, facts.media)
        : textBody(message, facts.isAccount);
    await callJson(context, "/cgi-bin/message/custom/send", { touser: message.externalUserId, ...body });
  };
  try {
    await send();
  } catch (error) {
    if (!(file && error instanceof WeixinError && error.code === 40007)) {
      throw error;
    }
    // The platform forgot the file before its time: upload it anew.
    const stale = await context.tokens.get(`media:${file.id}`, () => Promise.reject(error));
    await context.tokens.refuse(`media:${file.id}`, stale);
    await send();
  }
  return { externalId: null };
}

/** Fetches a file that a customer sent. */
export async function fetchMedia(media: InboundMedia, context: Context): Promise<Uint8Array> {
  const path = `/cgi-bin/media/get?media_id=${encodeURIComponent(media.reference)}`;
  const bytes = await callWith(context, path, {}, async (response) => {
    const body = new Uint8Array(await response.arrayBuffer());
    // Errors, and the address of a video, come as JSON whatever the content type says.
    if (body[0] !== 0x7b) {
      return body;
    }
    const answer = await answerOf(new Response(body));
    return z.object({ video_url: z.url() }).parse(answer).video_url;
  });
  if (typeof bytes !== "string") {
    return bytes;
  }
  const response = await context.fetch(bytes, { redirect: "error", signal: context.signal }).catch(() => undefined);
  if (!response?.ok) {
    throw new ChannelError("transient", "the video could not be fetched", "unreachable");
  }
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Shows or hides "typing". The platform's rules about when (45080, 45081) are no failure of ours.
 *
 * @param path of the account's kind: Mini Programs have one of their own (fact sheet 1.6)
 */
export async function showTyping(
  externalUserId: string,
  on: boolean,
  context: Context,
  path = "/cgi-bin/message/custom/typing",
): Promise<void> {
  const body = { touser: externalUserId, command: on ? "Typing" : "CancelTyping" };
  await callJson(context, path, body).catch((error: unknown) => {
    if (!(error instanceof WeixinError)) {
      throw error;
    }
  });
}
