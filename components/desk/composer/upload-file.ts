import type { UploadedFile } from "@/lib/files/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import type { Problem } from "@/lib/platform/http/problem";

const ADDRESS = "/api/v1/files";
const CREATED = 201;

function problemOf(request: XMLHttpRequest): Problem {
  const body = request.response as Partial<Problem> | null;
  return {
    type: "about:blank",
    title: request.statusText,
    status: request.status,
    reason: body?.reason ?? (request.status === 0 ? "network" : "internal"),
    detail: body?.detail ?? "",
  };
}

/**
 * Sends a file and tells how far it is. An XMLHttpRequest, because fetch cannot tell the progress of what it sends.
 *
 * @param onProgress share of the bytes sent, 0–1
 * @param signal stops it: the promise then never settles
 * @returns the server's answer
 * @throws RequestFailed with the server's words
 */
export function sendFile(
  address: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status === CREATED ? resolve(request.response) : reject(new RequestFailed(problemOf(request)));
    request.onerror = () => reject(new RequestFailed(problemOf(request)));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

/** The same for a file that goes with messages and texts. Parameters and failures as of `sendFile`. */
export async function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedFile> {
  return (await sendFile(ADDRESS, file, onProgress, signal)) as UploadedFile;
}
