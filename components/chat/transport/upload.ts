import type { UploadedFile } from "@/lib/files/schema";
import { UPLOAD_PATH } from "./endpoints";
import { failureFrom, RequestFailure } from "./request-failure";

export interface Upload {
  readonly done: Promise<UploadedFile>;
  readonly cancel: () => void;
}

/** Sends one file. XMLHttpRequest, because fetch tells nothing about how much has gone out. */
export type Uploader = (file: File, onProgress: (share: number) => void) => Upload;

export function createUploader(options: { readonly token: () => string | null; readonly locale: string }): Uploader {
  return (file, onProgress) => {
    const request = new XMLHttpRequest();
    const done = new Promise<UploadedFile>((resolve, reject) => {
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onerror = () => reject(new RequestFailure(0, "network", ""));
      request.ontimeout = request.onerror;
      request.onabort = () => reject(new RequestFailure(499, "cancelled", ""));
      request.onload = () => {
        const body = parse(request.responseText);
        if (request.status >= 200 && request.status < 300 && body !== undefined) {
          resolve(body as UploadedFile);
        } else {
          reject(failureFrom(request.status, body, request.getResponseHeader("retry-after")));
        }
      };
    });
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", UPLOAD_PATH);
    request.setRequestHeader("authorization", `Bearer ${options.token() ?? ""}`);
    request.setRequestHeader("accept-language", options.locale);
    request.send(form);
    return { done, cancel: () => request.abort() };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
