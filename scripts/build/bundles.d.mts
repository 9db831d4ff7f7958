import type { BuildOptions } from "esbuild";

/** esbuild options for the Node programs that exist. */
export function programBundle(options: { outdir: string; only?: string[] }): BuildOptions;

/** esbuild options for the thread that reads imported files. */
export function readerBundle(options: { outdir: string }): BuildOptions;
