import { greetingScript } from "@/lib/web/chat-greeting";

/** What a merchant says to visitors who have not asked, for the widget on other people's pages. */
export async function GET(request: Request): Promise<Response> {
  return new Response(await greetingScript(request), {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=60",
      "cross-origin-resource-policy": "cross-origin",
    },
  });
}
