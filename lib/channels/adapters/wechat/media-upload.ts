import { z } from "zod";
import { type AdapterContext, ChannelError, type OutboundFile } from "../../adapter";
import { answerOf, callWith } from "./platform";
import type { WeixinConfig } from "./schema";

/** Three days less a bit: temporary media end after three. */
const MEDIA_SECONDS = 3 * 86_400 - 3_600;

function form(name: string, file: OutboundFile, bytes: Uint8Array, boundary: string): Uint8Array<ArrayBuffer> {
  const safe = file.name.replace(/["\\\r\n]/g, "_");
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${safe}"\r\nContent-Type: ${file.mime}\r\n\r\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]));
}

const uploaded = z.object({ media_id: z.string().min(1) });

/** The platform's id of a file: uploaded once, kept until it ends there. */
export async function mediaId(
  context: AdapterContext<WeixinConfig>,
  file: OutboundFile,
  type: string,
): Promise<string> {
  return context.tokens.get(`media:${file.id}`, async () => {
    const boundary = `yingda${file.id.replace(/\W/g, "")}`;
    const body = form("media", file, await file.read(), boundary);
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const init = { method: "POST", headers, body };
    const answer = await callWith(context, `/cgi-bin/media/upload?type=${type}`, init, answerOf);
    const parsed = uploaded.safeParse(answer);
    if (!parsed.success) {
      throw new ChannelError("transient", "the platform gave no media id");
    }
    return { value: parsed.data.media_id, expiresInSeconds: MEDIA_SECONDS };
  });
}
