import { createHash } from "node:crypto";
import { equalInConstantTime } from "@/lib/platform/crypto/sign";
import { type AppCredentials, isSignature, signRequest } from "./auth-signature";
import { type HttpAnswer, refusal } from "./http-answer";

/** How far the clocks of publisher and server may be apart, in seconds (protocols/07, section 7.8). */
const CLOCK_SKEW_SECONDS = 600;

export interface SignedRequest {
  readonly method: string;
  /** The path as it stood in the request, without the query. */
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly body: Buffer;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Checks key, clock, body hash and signature of an HTTP API request.
 *
 * @param nowSeconds Unix time
 * @returns the 401 to send, or undefined when the request is genuine
 */
export function refuseRequest(app: AppCredentials, request: SignedRequest, nowSeconds: number): HttpAnswer | undefined {
  const { parameters, body } = request;
  const key = parameters.get("auth_key");
  if (key === null || !equalInConstantTime(key, app.key)) {
    return refusal(401, "Unknown auth_key");
  }
  if (parameters.get("auth_version") !== "1.0") {
    return refusal(401, "Unsupported auth_version");
  }
  const timestamp = parameters.get("auth_timestamp") ?? "";
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > CLOCK_SKEW_SECONDS) {
    return refusal(401, "Timestamp expired");
  }
  const md5 = body.length === 0 ? undefined : createHash("md5").update(body).digest("hex");
  if (md5 !== undefined && !equalInConstantTime(parameters.get("body_md5") ?? "", md5)) {
    return refusal(401, "Invalid body_md5");
  }
  const signature = parameters.get("auth_signature");
  // The official library signs the path it was given and lets the HTTP client encode it afterwards.
  const genuine = [request.path, decoded(request.path)].some(
    (path) => signature !== null && isSignature(signature, signRequest(app.secret, request.method, path, parameters)),
  );
  return genuine ? undefined : refusal(401, "Invalid signature");
}
