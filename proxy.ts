import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/platform/env/env";
import { contentSecurityPolicy } from "@/lib/web/content-security-policy";
import { realtimeOrigins } from "@/lib/web/realtime-origins";

const REQUEST_ID = /^[\w-]{8,64}$/;

/**
 * Before every page: a request id to follow it through the logs, and a Content-Security-Policy with a fresh nonce,
 * which Next puts on its own scripts. /chat is left out by the matcher: it sets its own headers, by channel.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const given = request.headers.get("x-request-id") ?? "";
  const requestId = REQUEST_ID.test(given) ? given : crypto.randomUUID();
  const secure = request.nextUrl.protocol === "https:" || request.headers.get("x-forwarded-proto") === "https";
  const policy = contentSecurityPolicy({
    nonce,
    secure,
    development: env().NODE_ENV === "development",
    frameAncestors: ["'self'"],
    connect: realtimeOrigins(),
  });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  headers.set("x-yingda-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  if (secure) {
    response.headers.set("strict-transport-security", "max-age=31536000");
  }
  return response;
}

export const config = {
  matcher: [
    // Prefetched pages, too: a browser may show one from its cache, with the policy that it came with or with none.
    "/((?!api|chat|_next/static|_next/image|icons/|icon.svg|manifest.webmanifest|widget.js|widget-more.js|vendor/).*)",
  ],
};
