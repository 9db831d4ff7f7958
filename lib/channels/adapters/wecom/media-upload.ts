import { z } from "zod";
import { ChannelError, type OutboundFile } from "../../adapter";
import { answerOf, callWith, type WecomContext } from "./platform";

/** Three days less a bit: media end after three. */
const MEDIA_SECONDS = 3 * 86_400 - 3_600;

const uploaded = z.object({ media_id: z.string().min(1) });

function form(file: OutboundFile, bytes: Uint8Array, boundary: string): Uint8Array<ArrayBuffer> {
  const safe = file.name.replace(/["\\\r\n]/g, "_");
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${safe}"; filelength=${bytes.byteLength}\r\nContent-Type: ${file.mime}\r\n\r\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]));
}

/** The platform's id of a file: uploaded once, kept until it ends there. */
export function mediaId(context: WecomContext, file: OutboundFile, type: string): Promise<string> {
  return context.tokens.get(`media:${file.id}`, async () => {
    const boundary = `yingda${file.id.replace(/\W/g, "")}`;
    const body = form(file, await file.read(), boundary);
    const init = { method: "POST", headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
    const parsed = uploaded.safeParse(await callWith(context, `/cgi-bin/media/upload?type=${type}`, init, answerOf));
    if (!parsed.success) {
      throw new ChannelError("transient", "the platform gave no media id");
    }
    return { value: parsed.data.media_id, expiresInSeconds: MEDIA_SECONDS };
  });
}
