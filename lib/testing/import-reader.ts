import { randomBytes } from "node:crypto";
import { rename } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { readerBundle } from "../../scripts/build/bundles.mjs";

const dist = path.resolve(import.meta.dirname, "../../dist");

/** Bundles the thread that reads imported files to where the product looks for it. */
export async function bundleImportReader(): Promise<void> {
  // Several test files may do this at once: each moves a whole file into place.
  const outdir = path.join(dist, "test", randomBytes(4).toString("hex"));
  await build(readerBundle({ outdir }));
  await rename(path.join(outdir, "import-reader.mjs"), path.join(dist, "import-reader.mjs"));
}
