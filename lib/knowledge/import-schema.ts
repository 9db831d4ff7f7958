import { z } from "zod";
import { collectionName } from "./schema";

/** Largest file of an import, in bytes, and most rows of one. */
export const IMPORT_MAX_BYTES = 20 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 20_000;

export const importQuery = z.object({
  /** Where all rows go; without it each row says it, or it is in none. */
  collection: collectionName.optional(),
  /** Only tells what would happen. */
  preview: z.enum(["true", "false"]).default("false"),
});

/** A row that is not taken, counted as a person does in the file, and why (a key of namespace `errors`). */
const rowError = z.object({ row: z.number().int(), field: z.string(), reason: z.string(), detail: z.string() });

export const importReport = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that repeat another row of the file; the last of them counts. */
  repeated: z.number().int(),
  /** The first questions of the file. */
  sample: z.array(z.string()),
  refused: z.number().int(),
  /** The first refused rows. */
  errors: z.array(rowError),
});
export type ImportReport = z.infer<typeof importReport>;
