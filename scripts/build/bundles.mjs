import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "../up/paths.mjs";

/** Programs for Node. What they import from npm stays outside; our own code is bundled. */
const programs = [
  { name: "serve", entry: "scripts/serve.ts" },
  { name: "worker", entry: "scripts/worker.ts" },
  { name: "migrate", entry: "scripts/migrate.ts" },
  { name: "seed", entry: "scripts/seed.ts" },
  { name: "cli", entry: "lib/cli/main.ts" },
  { name: "openapi", entry: "scripts/openapi.ts" },
];

const exists = (file) => existsSync(path.join(root, file));

const shared = {
  absWorkingDir: root,
  bundle: true,
  tsconfig: path.join(root, "tsconfig.json"),
  alias: { "@": root },
  logLevel: "silent",
};

/**
 * esbuild options for the Node programs that exist.
 * @param {{ outdir: string, only?: string[] }} options
 */
export function programBundle({ outdir, only }) {
  const chosen = programs.filter(({ name, entry }) => exists(entry) && (only === undefined || only.includes(name)));
  return {
    ...shared,
    entryPoints: chosen.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    // Next ships CommonJS without an exports map: deep imports need their full file name in an ES module.
    plugins: [fullNextPaths],
    splitting: false,
    sourcemap: "linked",
    jsx: "automatic",
  };
}

/**
 * esbuild options for the thread that reads imported files (lib/knowledge/imports/document-reader.ts): one file with all
 * that it needs, because a thread is not traced by Next.
 */
export function readerBundle({ outdir }) {
  return {
    ...shared,
    entryPoints: ["lib/knowledge/imports/reader-thread.ts"],
    outfile: path.join(outdir, "import-reader.mjs"),
    platform: "node",
    format: "esm",
    target: "node22",
    // CommonJS packages inside an ES module ask for Node's own modules.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    external: ["@napi-rs/canvas", "pdfjs-dist"],
    legalComments: "none",
  };
}

const fullNextPaths = {
  name: "full-next-paths",
  setup(build) {
    build.onResolve({ filter: /^next\/[a-z-]+$/ }, ({ path: name }) => ({ path: `${name}.js`, external: true }));
  },
};

/** Plain assignments for class fields: the older browsers' way, without a helper for each class. */
const browserTypeScript = { tsconfig: undefined, tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } } };

/** esbuild options for the chat page's own client, with a content hash in its name; undefined when there is none. */
export function chatBundle({ outdir, minify = true }) {
  const entries = ["components/chat/client.tsx", "components/chat/chat.css"].filter(exists);
  if (entries.length === 0) {
    return undefined;
  }
  return {
    ...shared,
    ...browserTypeScript,
    entryPoints: entries.map((entry) => ({ in: entry, out: path.basename(entry).replace(/\.\w+$/, "") })),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    outdir,
    platform: "browser",
    format: "esm",
    splitting: true,
    target: ["es2020", "safari14"],
    // esbuild counts a corner case of Safari's destructuring (a default value in a catch) as "not supported" and refuses
    // pusher-js for it; none of the code here has that case.
    supported: { destructuring: true },
    // The client runs on Preact: React's names point at its compatible layer, should a shared piece use them.
    alias: { ...shared.alias, react: "preact/compat", "react-dom": "preact/compat" },
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    minify,
    metafile: true,
    legalComments: "none",
  };
}

/** esbuild options for the widget's loader (one small script for other people's pages); undefined when there is none. */
export function loaderBundle({ outfile, entry = "components/chat/widget/loader.ts" }) {
  if (!exists(entry)) {
    return undefined;
  }
  return {
    ...shared,
    ...browserTypeScript,
    entryPoints: [entry],
    outfile,
    platform: "browser",
    format: "iife",
    target: ["es2020", "safari14"],
    // Served with its charset in the header, whatever the embedding page is written in.
    charset: "utf8",
    supported: { destructuring: true },
    minify: true,
    legalComments: "none",
  };
}
