import { randomBytes } from "node:crypto";
import { readJson, writePrivateJson } from "./files.mjs";
import { dataFiles } from "./paths.mjs";

/** Which secret goes to the server under which name, and how a new one is made. */
const secrets = [
  { field: "authSecret", variable: "AUTH_SECRET", make: () => randomBytes(32).toString("base64") },
  { field: "encryptionKey", variable: "ENCRYPTION_KEY", make: () => randomBytes(32).toString("base64") },
  { field: "signingSecret", variable: "SIGNING_SECRET", make: () => randomBytes(32).toString("base64") },
  { field: "cronSecret", variable: "CRON_SECRET", make: () => randomBytes(24).toString("base64url") },
  { field: "realtimeAppId", variable: "REALTIME_APP_ID", make: () => randomBytes(6).toString("hex") },
  { field: "realtimeAppKey", variable: "REALTIME_KEY", make: () => randomBytes(10).toString("hex") },
  { field: "realtimeAppSecret", variable: "REALTIME_SECRET", make: () => randomBytes(24).toString("hex") },
];

/**
 * The platform's secrets as environment variables. Those that the environment sets win; the rest come from
 * DATA/secrets.json, and what is missing there is made and kept. A damaged file is an error, never made anew: with
 * another encryption key everything that was stored encrypted would be lost.
 * @param {string} dataDirectory
 * @returns {{ environment: Record<string, string>, made: number }}
 */
export function loadSecrets(dataDirectory) {
  const file = dataFiles(dataDirectory).secrets;
  const stored = readJson(file) ?? {};
  const missing = secrets.filter(({ field }) => typeof stored[field] !== "string");
  for (const { field, make } of missing) {
    stored[field] = make();
  }
  if (missing.length > 0) {
    writePrivateJson(file, stored);
  }
  const environment = Object.fromEntries(
    secrets.map(({ field, variable }) => [variable, process.env[variable] || stored[field]]),
  );
  return { environment, made: missing.length };
}
