import { chatDocument } from "@/components/chat/server/document";
import { readChatVisit } from "@/lib/web/chat-visit";
import { askWechat } from "@/lib/web/wechat-entry";

/** The visitor's chat. A document of its own, without React: the page weighs a fraction and can be typed into at once. */
export async function GET(request: Request): Promise<Response> {
  const asking = await askWechat(request);
  if (asking) {
    return asking;
  }
  const visit = await readChatVisit(request);
  return new Response(chatDocument(visit), { status: visit.channel ? 200 : 404, headers: visit.headers });
}
