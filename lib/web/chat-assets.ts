import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/platform/env/env";

const manifest = z.object({
  scripts: z.array(z.string()).min(1),
  styles: z.array(z.string()),
  /** What the scripts import at once: asked for together with them instead of after. */
  preloads: z.array(z.string()).default([]),
});

/** The built files of the chat page (scripts/build writes the list), with a hash of their content in the name. */
export type ChatAssets = z.infer<typeof manifest>;

let known: ChatAssets | undefined;

/** Reads the list once; again each time while developing. @throws Error when the build has not run */
export function chatAssets(): ChatAssets {
  if (known && env().NODE_ENV === "production") {
    return known;
  }
  known = manifest.parse(JSON.parse(readFileSync(path.join(process.cwd(), "dist", "chat-manifest.json"), "utf8")));
  return known;
}
