/** The production build on a new data folder, for the end-to-end tests: `npm run up` with other options. */
import { chmodSync, mkdirSync, rmSync } from "node:fs";

const dataDirectory = process.env.E2E_DATA_DIR;
if (!dataDirectory) {
  throw new Error("E2E_DATA_DIR is not set; run the tests with Playwright, whose configuration sets it.");
}
rmSync(dataDirectory, { recursive: true, force: true });
mkdirSync(dataDirectory, { recursive: true });
chmodSync(dataDirectory, 0o711);
// A model's address in the developer's environment must not reach the tests.
for (const name of Object.keys(process.env).filter((variable) => /^(AI|S3|PUSHER)_/.test(variable))) {
  delete process.env[name];
}
process.argv.push("--data", dataDirectory, "--strict-port");
await import("./up.mjs");
