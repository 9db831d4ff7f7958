/**
 * Bundles with esbuild what is not built by Next: the Node programs into dist/, the chat client and the widget's loader
 * into public/. `npm run build` runs it and then `next build`.
 */
import { buildBrowserBundles, buildPrograms } from "./build/build-bundles.mjs";
import { LaunchError } from "./up/log.mjs";

try {
  await Promise.all([buildPrograms(), buildBrowserBundles()]);
} catch (error) {
  process.stderr.write(`${error instanceof LaunchError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
