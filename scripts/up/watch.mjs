import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildBrowserBundles, buildPrograms, loadEsbuild } from "../build/build-bundles.mjs";
import { chatBundle, loaderBundle, programBundle } from "../build/bundles.mjs";
import { notice, print } from "./log.mjs";
import { root } from "./paths.mjs";

/** Programs of the watch mode have a folder of their own, so that a production build stays as it was. */
export const watchFolder = path.join(root, "dist", "dev");

/** Builds everything once for watch mode. */
export async function buildForWatch() {
  await buildPrograms({ outdir: watchFolder });
  await buildPrograms({ only: ["migrate", "seed"] });
  await buildBrowserBundles({ minify: false });
}

/**
 * Rebuilds on every change: the server's bundle, then `onServerChange`; the chat client and the loader for the browser.
 * Pages and components are Next's own business.
 * @param {() => Promise<void>} onServerChange
 * @returns {Promise<() => Promise<void>>} ends the watching
 */
export async function watchSources(onServerChange) {
  mkdirSync(watchFolder, { recursive: true });
  const { context } = await loadEsbuild();
  const server = await watchBundle(context, programBundle({ outdir: watchFolder, only: ["serve"] }), async () => {
    print("  … The server's code changed, starting it again");
    await onServerChange();
  });
  const browser = [chatBundle({ outdir: "", minify: false }), loaderBundle({ outfile: "" })].filter(Boolean);
  const others = await Promise.all(
    browser.map((bundle) =>
      watchBundle(context, { ...bundle, write: false, outdir: watchFolder, outfile: undefined }, () =>
        buildBrowserBundles({ minify: false }),
      ),
    ),
  );
  return async () => {
    await Promise.all([server, ...others].map((watched) => watched.dispose()));
  };
}

async function watchBundle(context, options, onChange) {
  let isFirst = true;
  const plugin = {
    name: "on-change",
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length > 0) {
          notice(
            `Bundling failed: ${result.errors.map(({ text, location }) => `${location?.file}: ${text}`).join("; ")}`,
          );
        } else if (!isFirst) {
          await onChange().catch((error) => notice(error.message));
        }
        isFirst = false;
      });
    },
  };
  const watched = await context({ ...options, plugins: [...(options.plugins ?? []), plugin] });
  await watched.watch();
  return watched;
}
