import { demoDocument } from "@/components/chat/demo/demo-page";
import { readDemoVisit } from "@/lib/web/demo-visit";

/** An example shop with the widget in it. */
export async function GET(request: Request): Promise<Response> {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" };
  return new Response(demoDocument(await readDemoVisit(request)), { headers });
}
