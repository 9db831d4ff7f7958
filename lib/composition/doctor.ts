import { access, constants, mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { SETTINGS } from "@/lib/composition/settings";
import { alertSettings } from "@/lib/notifications/alert-settings-schema";
import { database } from "@/lib/platform/database/database";
import { env, environmentSetting } from "@/lib/platform/env/env";
import { usesHostedRealtime } from "@/lib/platform/realtime/publish";
import { unreadableVariables } from "@/lib/settings/service";

/** `off`: not configured, and nothing breaks for it. */
export type CheckState = "ok" | "off" | "bad";

export interface Check {
  readonly name: "node" | "database" | "realtime" | "ai" | "storage" | "mail" | "clock" | "secrets" | "settings";
  readonly state: CheckState;
  /** Message key of the mend, in `cli.doctor`. */
  readonly mend: string | null;
  readonly value: string;
}

/** More than this many seconds apart and signatures, tokens and reports start to go wrong. */
const CLOCK_TOLERANCE_SECONDS = 30;
const PATIENCE_MS = 5_000;

/** Oldest Node that runs us; npm brings its own along, so this fails only where somebody chose another. */
const NODE_MAJOR = 22;

function checkNode(): Check {
  const right = Number(process.versions.node.split(".")[0]) >= NODE_MAJOR;
  return { name: "node", state: right ? "ok" : "bad", mend: right ? null : "mendNode", value: process.version };
}

/** Whether a mail server greets us, where the platform's settings name one; merchants test their own on its page. */
async function checkMail(): Promise<Check> {
  const host = environmentSetting(alertSettings.name, "smtpHost").text;
  if (!host) {
    return { name: "mail", state: "off", mend: "mendMailOff", value: "" };
  }
  const port = Number(
    environmentSetting(alertSettings.name, "smtpPort").text ?? alertSettings.schema.parse({}).smtpPort,
  );
  const greeted = await new Promise<boolean>((done) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS }, () => done(true));
    socket.once("error", () => done(false)).once("timeout", () => done(false));
    socket.once("connect", () => socket.destroy());
  });
  return { name: "mail", state: greeted ? "ok" : "bad", mend: greeted ? null : "mendMail", value: `${host}:${port}` };
}

async function checkDatabase(): Promise<Check[]> {
  try {
    const [row] = await rowsOf<{ version: string; skew: number }>(
      database(),
      sql`select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 as skew`,
    );
    const skew = Math.abs(Number(row?.skew) - Date.now() / 1000);
    const right = skew <= CLOCK_TOLERANCE_SECONDS;
    return [
      { name: "database", state: "ok", mend: null, value: `PostgreSQL ${row?.version}` },
      { name: "clock", state: right ? "ok" : "bad", mend: right ? null : "mendClock", value: `${skew.toFixed(1)} s` },
    ];
  } catch (error) {
    return [
      {
        name: "database",
        state: "bad",
        mend: "mendDatabase",
        value: error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : "",
      },
    ];
  }
}

async function checkRealtime(): Promise<Check> {
  const url = usesHostedRealtime() ? "hosted" : env().YINGDA_URL;
  if (usesHostedRealtime()) {
    return { name: "realtime", state: "ok", mend: null, value: url };
  }
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { name: "realtime", state: answer.ok ? "ok" : "bad", mend: answer.ok ? null : "mendRealtime", value: url };
  } catch {
    return { name: "realtime", state: "bad", mend: "mendRealtime", value: url };
  }
}

async function checkAi(): Promise<Check> {
  const { AI_BASE_URL, AI_API_KEY, AI_MODEL } = env();
  if (!AI_BASE_URL || !AI_MODEL) {
    return { name: "ai", state: "off", mend: "mendAiOff", value: "" };
  }
  try {
    const headers = AI_API_KEY ? { authorization: `Bearer ${AI_API_KEY}` } : undefined;
    const answer = await fetch(`${AI_BASE_URL.replace(/\/$/, "")}/models`, {
      ...(headers && { headers }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const refused = answer.status === 401 || answer.status === 403;
    return { name: "ai", state: refused ? "bad" : "ok", mend: refused ? "mendAiKey" : null, value: AI_MODEL };
  } catch {
    return { name: "ai", state: "bad", mend: "mendAiAddress", value: AI_BASE_URL };
  }
}

async function checkStorage(): Promise<Check> {
  const { S3_BUCKET, YINGDA_DATA_DIR } = env();
  if (S3_BUCKET) {
    return { name: "storage", state: "ok", mend: null, value: `s3://${S3_BUCKET}` };
  }
  const folder = resolve(YINGDA_DATA_DIR, "files");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return { name: "storage", state: "ok", mend: null, value: folder };
  } catch {
    return { name: "storage", state: "bad", mend: "mendStorage", value: folder };
  }
}

function checkSecrets(): Check {
  const settings = env();
  const missing = (["AUTH_SECRET", "ENCRYPTION_KEY", "SIGNING_SECRET"] as const).filter(
    (name) => settings[name].length < 16,
  );
  return {
    name: "secrets",
    state: missing.length > 0 ? "bad" : "ok",
    mend: missing.length > 0 ? "mendSecrets" : null,
    value: missing.join(", "),
  };
}

/** Variables that mean to fix a setting and hold nothing that it takes. */
function checkSettings(): Check {
  const wrong = SETTINGS.flatMap(unreadableVariables);
  const mend = wrong.length > 0 ? "mendSettings" : null;
  return { name: "settings", state: mend ? "bad" : "ok", mend, value: wrong.join(", ") };
}

/** Looks at everything the product stands on. @returns one line each; `bad` ones carry the key of what to mend */
export async function examine(): Promise<Check[]> {
  const [database, realtime, ai, storage, mail] = await Promise.all([
    checkDatabase(),
    checkRealtime(),
    checkAi(),
    checkStorage(),
    checkMail(),
  ]);
  return [checkNode(), ...database, realtime, ai, storage, mail, checkSecrets(), checkSettings()];
}
