import { type KnowledgeImport, knowledgeImport } from "@/lib/knowledge/imports/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import type { Problem } from "@/lib/platform/http/problem";

export interface SendOptions {
  readonly collection: string;
  readonly status: "draft" | "published";
}

/** Sends a file to be read. @throws RequestFailed with the server's words */
export async function sendFile(file: File, { collection, status }: SendOptions): Promise<KnowledgeImport> {
  const form = new FormData();
  form.append("file", file, file.name);
  const query = new URLSearchParams({ status, ...(collection ? { collection } : {}) });
  let response: Response;
  try {
    response = await fetch(`/api/v1/knowledge/imports/file?${query.toString()}`, { method: "POST", body: form });
  } catch (cause) {
    throw new RequestFailed({ type: "about:blank", title: String(cause), status: 0, reason: "network", detail: "" });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const fallback = { type: "about:blank", title: "", status: response.status, reason: "internal", detail: "" };
    throw new RequestFailed({ ...fallback, ...(body as Partial<Problem> | undefined) });
  }
  return knowledgeImport.parse(body);
}
