import { z } from "zod";

const optionalText = z.preprocess((value) => (value === "" ? undefined : value), z.string().optional());

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: z.string().default("postgres://127.0.0.1:5432/yingda"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(90).default(20),
  PORT: z.coerce.number().int().default(3000),
  /** Public base address, without a slash at the end. */
  YINGDA_URL: z.string().default("http://localhost:3000"),
  YINGDA_DATA_DIR: z.string().default(".data"),
  /** Language of the terminal, for the command line. */
  LANG: z.string().default("zh_CN.UTF-8"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  AUTH_SECRET: z.string().default(""),
  /** 32 bytes, base64: seals channel secrets at rest. */
  ENCRYPTION_KEY: z.string().default(""),
  /** Signs visitor tokens and file addresses. */
  SIGNING_SECRET: z.string().default(""),
  CRON_SECRET: optionalText,
  /** Bearer token of /api/metrics; without one only this machine may read it. */
  METRICS_TOKEN: optionalText,
  /** Believe X-Forwarded-For only behind a proxy that sets it (T44: rotating the header must not reset a lock). */
  TRUST_PROXY: z.preprocess((value) => value === "1" || value === "true", z.boolean()),
  /** Where traces go (OTLP over HTTP); without one nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalText,
  OTEL_SERVICE_NAME: z.string().default("yingda"),
  /** Set by Vercel itself: processes sleep between two requests there. */
  VERCEL: optionalText,
  PUSHER_APP_ID: optionalText,
  PUSHER_KEY: optionalText,
  PUSHER_SECRET: optionalText,
  PUSHER_CLUSTER: optionalText,
  PUSHER_HOST: optionalText,
  PUSHER_PORT: z.coerce.number().int().optional(),
  REALTIME_APP_ID: z.string().default("yingda"),
  REALTIME_KEY: z.string().default("yingda-key"),
  REALTIME_SECRET: z.string().default(""),
  AI_BASE_URL: optionalText,
  AI_API_KEY: optionalText,
  AI_MODEL: optionalText,
  /** Longest wait for a model's first token before the embedded answerer takes over, in milliseconds. */
  AI_FIRST_TOKEN_MS: z.coerce.number().int().min(100).default(8_000),
  S3_ENDPOINT: optionalText,
  S3_BUCKET: optionalText,
  S3_REGION: z.string().default("auto"),
  S3_ACCESS_KEY_ID: optionalText,
  S3_SECRET_ACCESS_KEY: optionalText,
  /** Longest that an adapter may talk to its platform in one go, in milliseconds; four times that for a send without key. */
  CHANNEL_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  /** Hosts (with port) that user-given addresses may reach although they are private, comma separated. */
  OUTGOING_ALLOW_HOSTS: z.string().default(""),
  /** Multiplies every request limit; a load test raises it, because it is one caller who plays hundreds. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(1).default(1),
  UPLOAD_MAX_MB: z.coerce.number().min(1).max(200).default(20),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The process's settings from its environment, parsed once. The only place that reads `process.env`.
 *
 * @throws ZodError that names the variable when one has an impossible value; the process should not start then
 */
export function env(): Env {
  if (!parsed) {
    parsed = schema.parse(process.env);
    // next-auth knows its own name only, and without it sends people whose sign-in failed to localhost:3000.
    process.env["NEXTAUTH_URL"] ??= parsed.YINGDA_URL;
  }
  return parsed;
}

/**
 * What the environment fixes of the settings: `YINGDA_SETTING_UPLOADS_MAX_MEGABYTES` for `uploads.maxMegabytes`. It
 * stands over what is stored, for every merchant.
 */
export function environmentSetting(group: string, field: string): { readonly name: string; readonly text?: string } {
  const words = `${group}_${field}`.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/\W/g, "_");
  const name = `YINGDA_SETTING_${words.toUpperCase()}`;
  const text = process.env[name];
  return text === undefined || text === "" ? { name } : { name, text };
}
