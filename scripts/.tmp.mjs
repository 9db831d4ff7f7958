import { build } from "esbuild";
import { programBundle } from "/work/main/scripts/build/bundles.mjs";

await build({
  ...programBundle({ outdir: "/work/main/dist/bench", only: [] }),
  entryPoints: [{ in: "/work/main/scripts/bench/.sql2.ts", out: "sql2" }],
});
