import { z } from "zod";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { ChannelError, type InboundMedia, type Outbound, type OutboundFile } from "../../adapter";
import { splitText, withChoices } from "../wechat/outbound";
import { addressOf } from "./account";
import { cardBody } from "./card";
import { mediaId } from "./media-upload";
import { answerOf, callKf, callWith, type WecomContext, WecomError } from "./platform";
import { stateOf } from "./sessions";

const MEBIBYTE = 1_048_576;
/** Longest text of the platform, in bytes of UTF-8. */
const MAX_TEXT_BYTES = 2_048;
const MAX_MENU_HEAD_BYTES = 1_024;
const MAX_MENU_ITEM_BYTES = 128;
const MENU_MAX = 10;
/** Letters of our message id that stay behind when it is made to fit; the rest tells the pieces apart. */
const ID_LENGTH = 27;

const sent = z.object({ msgid: z.string().optional() });

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** The platform's id of a message of ours (at most 32 letters): the same for every try. */
export const messageIdOf = (messageId: string): string => sha256Hex(messageId).slice(0, ID_LENGTH);

/** One text or one file each, in their order; choices go with the last text. */
export function pieces(message: Outbound): readonly Outbound[] {
  if (message.card) {
    return [{ ...message, idempotencyKey: `${message.messageId}:0` }];
  }
  const texts = splitText(message.text || (message.choices?.length ? " " : ""), MAX_TEXT_BYTES);
  const said = texts.map((text, index) => ({
    ...message,
    text,
    choices: index === texts.length - 1 ? (message.choices ?? []) : [],
    files: [],
  }));
  const files = message.files.map((file) => ({ ...message, text: "", choices: [], files: [file] }));
  return [...said, ...files].map((piece, index) => ({ ...piece, idempotencyKey: `${message.messageId}:${index}` }));
}

function menuOf({ text, choices = [] }: Outbound): Record<string, unknown> | undefined {
  const fits =
    choices.length > 0 &&
    choices.length <= MENU_MAX &&
    bytesOf(text) <= MAX_MENU_HEAD_BYTES &&
    choices.every((choice) => bytesOf(choice) <= MAX_MENU_ITEM_BYTES);
  const list = choices.map((content, index) => ({ type: "click", click: { id: String(index + 1), content } }));
  return fits ? { msgtype: "msgmenu", msgmenu: { head_content: text, list } } : undefined;
}

function textBody(message: Outbound): Record<string, unknown> {
  const content = withChoices(message.text, message.choices);
  return menuOf(message) ?? { msgtype: "text", text: { content } };
}

/** Which kind of media a file can be within the platform's limits; undefined: it goes as a link. */
function mediaTypeOf({ mime, size }: OutboundFile): "image" | "voice" | "video" | "file" | undefined {
  if (/^image\/(png|jpeg)$/.test(mime) && size <= 10 * MEBIBYTE) {
    return "image";
  }
  if (mime === "audio/amr" && size <= 2 * MEBIBYTE) {
    return "voice";
  }
  if (mime === "video/mp4" && size <= 10 * MEBIBYTE) {
    return "video";
  }
  return size > 5 && size <= 20 * MEBIBYTE ? "file" : undefined;
}

async function fileBody(context: WecomContext, file: OutboundFile): Promise<Record<string, unknown>> {
  const type = mediaTypeOf(file);
  return type
    ? { msgtype: type, [type]: { media_id: await mediaId(context, file, type) } }
    : { msgtype: "text", text: { content: `📎 ${file.name}\n${file.url}` } };
}

/** A platform that has this message already says that its id is used; the number is not published. */
function isRepetition(message: Outbound, error: unknown): boolean {
  return (
    message.mayBeRepeated === true && error instanceof WecomError && (/msgid/i.test(error.message) || !error.isKnown)
  );
}

/** 95018 says only that the session is in another state; which one decides what the agent is told. */
async function explained(context: WecomContext, message: Outbound, error: unknown): Promise<unknown> {
  if (!(error instanceof WecomError) || error.code !== 95018) {
    return error;
  }
  const state = await stateOf(context, message.externalUserId).catch(() => undefined);
  return state?.service_state === 4 ? new ChannelError("rejected", error.message, "session_over") : error;
}

async function post(context: WecomContext, message: Outbound, id: string): Promise<void> {
  const [file] = message.files;
  const body = message.card
    ? await cardBody(context, message.card)
    : file
      ? await fileBody(context, file)
      : textBody(message);
  if (message.replyCode !== undefined) {
    await callKf(context, "send_msg_on_event", { code: message.replyCode, msgid: id, ...body }, sent);
    return;
  }
  const { account, externalUserId } = addressOf(context.config, message.externalUserId);
  await callKf(context, "send_msg", { touser: externalUserId, open_kfid: account, msgid: id, ...body }, sent);
}

/**
 * Sends one piece, under an id that is the same for every try.
 *
 * @returns the id that `msg_send_fail` names, without the piece's number
 * @throws ChannelError
 */
export async function sendPiece(message: Outbound, context: WecomContext): Promise<{ externalId: string }> {
  const base = messageIdOf(message.messageId);
  const index = message.idempotencyKey.split(":")[1] ?? "0";
  const file = message.card?.picture ?? message.files[0];
  try {
    await post(context, message, `${base}-${index}`).catch(async (error: unknown) => {
      if (!(file && error instanceof WecomError && error.code === 40007)) {
        throw error;
      }
      // The platform forgot the file before its time: upload it anew.
      const stale = await context.tokens.get(`media:${file.id}`, () => Promise.reject(error));
      await context.tokens.refuse(`media:${file.id}`, stale);
      await post(context, message, `${base}-${index}`);
    });
  } catch (error) {
    if (!isRepetition(message, error)) {
      throw await explained(context, message, error);
    }
  }
  return { externalId: base };
}

/** Fetches a file that a customer sent. */
export function fetchMedia(media: InboundMedia, context: WecomContext): Promise<Uint8Array> {
  const path = `/cgi-bin/media/get?media_id=${encodeURIComponent(media.reference)}`;
  return callWith(context, path, {}, async (response) => {
    // Errors are JSON; a customer's own JSON file comes with a file name.
    if (!response.headers.has("content-disposition")) {
      await answerOf(response);
      throw new ChannelError("rejected", "the platform sent no file");
    }
    return new Uint8Array(await response.arrayBuffer());
  });
}
