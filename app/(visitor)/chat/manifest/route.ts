import { chatManifest } from "@/lib/web/chat-manifest";

/** What a phone needs to put a channel's chat on its home screen. */
export async function GET(request: Request): Promise<Response> {
  const manifest = await chatManifest(request);
  if (!manifest) {
    return new Response(null, { status: 404 });
  }
  const headers = {
    "content-type": "application/manifest+json; charset=utf-8",
    "cache-control": "private, max-age=600",
  };
  return new Response(JSON.stringify(manifest), { headers });
}
