import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { LaunchError } from "../up/log.mjs";
import { root } from "../up/paths.mjs";
import { chatBundle, loaderBundle, programBundle, readerBundle } from "./bundles.mjs";

/** Most bytes, compressed, that the widget's loader may have: it runs on other people's pages. */
const loaderLimit = 3 * 1024;

/** How long files of an earlier build are kept. */
const keepEarlierMs = 7 * 24 * 3_600_000;

/** Most bytes, compressed, of all scripts that the chat page loads before the first answer. */
const chatLimit = 60 * 1024;

/** esbuild is a dependency, so it is loaded only after the install step. */
export async function loadEsbuild() {
  return await import("esbuild");
}

/**
 * Builds the Node programs into `outdir` (dist).
 * @param {{ outdir?: string, only?: string[] }} [options]
 */
export async function buildPrograms({ outdir = path.join(root, "dist"), only } = {}) {
  await runBuild(programBundle({ outdir, only }));
  // Beside the programs that import files, wherever these were built to.
  if (only === undefined || only.includes("cli")) {
    await runBuild(readerBundle({ outdir: path.join(root, "dist") }));
  }
}

/** Builds what the visitor's browser loads: the chat client with its manifest, and the widget's loader. */
export async function buildBrowserBundles({ minify = true } = {}) {
  const outdir = path.join(root, "public", "chat");
  const chat = chatBundle({ outdir, minify });
  if (chat) {
    mkdirSync(outdir, { recursive: true });
    const result = await runBuild(chat);
    const weight = writeChatManifest(result.metafile, outdir);
    // What is read while developing is not what visitors load.
    if (minify && weight > chatLimit) {
      throw new LaunchError(`The chat page's scripts have ${weight} bytes compressed; ${chatLimit} are allowed.`);
    }
  }
  const outfile = path.join(root, "public", "widget.js");
  const loader = loaderBundle({ outfile });
  if (loader) {
    await runBuild(loader);
    const size = gzipSync(readFileSync(outfile)).length;
    await runBuild(
      loaderBundle({
        outfile: path.join(root, "public", "widget-more.js"),
        entry: "components/chat/widget/companion.ts",
      }),
    );
    if (size > loaderLimit) {
      throw new LaunchError(`The widget's loader has ${size} bytes compressed; ${loaderLimit} are allowed.`);
    }
  }
}

async function runBuild(options) {
  const esbuild = await loadEsbuild();
  try {
    return await esbuild.build(options);
  } catch (error) {
    const messages = await esbuild.formatMessages(error.errors ?? [], { kind: "error" });
    throw new LaunchError(`Bundling failed.\n${messages.join("\n") || error.message}`, { cause: error });
  }
}

/**
 * Writes dist/chat-manifest.json: which hashed file is which, and the size of each compressed (for the weight budget).
 * Files of earlier builds stay for a week: pages that are open, or served by a process that still runs, load them later.
 *
 * @returns bytes of all scripts, compressed
 */
function writeChatManifest(metafile, outdir) {
  const manifest = { scripts: [], styles: [], chunks: [], preloads: [], compressedBytes: {} };
  const kept = new Set();
  for (const [file, info] of Object.entries(metafile.outputs)) {
    const name = path.basename(file);
    const address = `/chat/${name}`;
    kept.add(name);
    // A part that is loaded later counts as an entry point for esbuild, not for the page.
    const isEntry = /^components\/chat\/(client\.tsx|chat\.css)$/.test(info.entryPoint ?? "");
    const list = isEntry ? (name.endsWith(".css") ? manifest.styles : manifest.scripts) : manifest.chunks;
    list.push(address);
    if (isEntry) {
      const needed = info.imports.filter(({ kind, external }) => kind === "import-statement" && !external);
      manifest.preloads.push(...needed.map((part) => `/chat/${path.basename(part.path)}`));
    }
    manifest.compressedBytes[address] = gzipSync(readFileSync(path.join(root, file))).length;
  }
  const weight = [...manifest.scripts, ...manifest.chunks].reduce(
    (sum, name) => sum + manifest.compressedBytes[name],
    0,
  );
  for (const name of readdirSync(outdir).filter((each) => !kept.has(each))) {
    const file = path.join(outdir, name);
    if (Date.now() - statSync(file).mtimeMs > keepEarlierMs) {
      rmSync(file);
    }
  }
  mkdirSync(path.join(root, "dist"), { recursive: true });
  writeFileSync(path.join(root, "dist", "chat-manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return weight;
}
