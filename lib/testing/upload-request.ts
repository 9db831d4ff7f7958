const BOUNDARY = "----yingda-test-boundary";

export interface UploadForm {
  /** Bytes of the header's filename, as hostile as they like. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly field?: string;
  readonly type?: string;
  /** Cut off after so many bytes, as a lost connection would. */
  readonly cutAfter?: number;
}

/** What stands before the file's first byte. */
export function multipartHead({ name, field = "file", type = "image/png" }: Omit<UploadForm, "bytes">): Buffer {
  return Buffer.from(
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
  );
}

/** A multipart body written by hand: FormData would escape the names that are the point of a test. */
export function multipart(form: UploadForm): Buffer {
  const whole = Buffer.concat([multipartHead(form), form.bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  return form.cutAfter === undefined ? whole : whole.subarray(0, form.cutAfter);
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** A request that uploads to one of our endpoints. */
export function uploadRequest(
  body: Buffer | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Request {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": MULTIPART_TYPE, origin: "http://localhost:3000", ...headers },
    body: body instanceof ReadableStream ? body : new Uint8Array(body),
    duplex: "half",
  };
  return new Request("http://localhost:3000/api/v1/chat/files", init);
}
