import { z } from "zod";

/** An uploaded file as clients see it; `url` is signed and short-lived. */
export const uploadedFile = z.object({
  id: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  url: z.string(),
});
export type UploadedFile = z.infer<typeof uploadedFile>;
