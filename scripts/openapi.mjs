/** `npm run openapi`: bundles scripts/openapi.ts and runs it. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildPrograms } from "./build/build-bundles.mjs";
import { root } from "./up/paths.mjs";

process.chdir(root);
await buildPrograms({ only: ["openapi"] });
await import(pathToFileURL(path.join(root, "dist", "openapi.mjs")).href);
