import { type ImportReport, importReport } from "@/lib/knowledge/import-schema";
import { RequestFailed } from "@/lib/platform/http/client";
import type { Problem } from "@/lib/platform/http/problem";

/** Sends a file of entries. @param preview nothing is written @throws RequestFailed with the server's words */
export async function sendImport(file: File, collection: string, preview: boolean): Promise<ImportReport> {
  const form = new FormData();
  form.append("file", file, file.name);
  const query = new URLSearchParams({ preview: String(preview), ...(collection ? { collection } : {}) });
  let response: Response;
  try {
    response = await fetch(`/api/v1/knowledge/import?${query.toString()}`, { method: "POST", body: form });
  } catch (cause) {
    throw new RequestFailed({ type: "about:blank", title: String(cause), status: 0, reason: "network", detail: "" });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const fallback = { type: "about:blank", title: "", status: response.status, reason: "internal", detail: "" };
    throw new RequestFailed({ ...fallback, ...(body as Partial<Problem> | undefined) });
  }
  return importReport.parse(body);
}
