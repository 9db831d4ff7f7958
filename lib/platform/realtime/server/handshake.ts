import type { IncomingMessage } from "node:http";
import { equalInConstantTime } from "@/lib/platform/crypto/sign";
import { CLOSE_CODE } from "./close-code";

const PATH = /^\/app\/([^/?#]{1,200})$/;
const OLDEST_PROTOCOL = 5;
const NEWEST_PROTOCOL = 7;

/** Why a client that reached the right path is sent away again; pusher-js shows code and message. */
export interface HandshakeRefusal {
  readonly code: number;
  readonly message: string;
}

export type UpgradeTarget =
  /** Not a path of this server at all: absolute-form or unreadable targets (CVE-2026-44578). */
  | { readonly kind: "hostile" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "app"; readonly key: string; readonly parameters: URLSearchParams };

/** Reads where an upgrade wants to go. Only the origin form `/path?query` counts as a path of this server. */
export function readTarget(target: string | undefined): UpgradeTarget {
  if (!target?.startsWith("/") || target.startsWith("//") || target.includes("\\")) {
    return { kind: "hostile" };
  }
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  const key = PATH.exec(path)?.[1];
  if (key === undefined) {
    return { kind: "elsewhere" };
  }
  return { kind: "app", key, parameters: new URLSearchParams(question < 0 ? "" : target.slice(question + 1)) };
}

/** Checks key, origin and protocol version, in this order (protocols/07, section 7.2). */
export function refuseHandshake(
  request: IncomingMessage,
  target: Extract<UpgradeTarget, { kind: "app" }>,
  key: string,
  allowOrigin: (origin: string | undefined) => boolean,
): HandshakeRefusal | undefined {
  if (!equalInConstantTime(target.key, key)) {
    return { code: CLOSE_CODE.unknownApp, message: "Application does not exist" };
  }
  if (!allowOrigin(request.headers.origin)) {
    return { code: CLOSE_CODE.unauthorized, message: "Origin not allowed" };
  }
  const version = target.parameters.get("protocol");
  if (version === null || version === "") {
    return { code: CLOSE_CODE.noProtocol, message: "No protocol version supplied" };
  }
  if (!/^\d{1,3}$/.test(version)) {
    return { code: CLOSE_CODE.badVersion, message: "Invalid version string format" };
  }
  if (Number(version) < OLDEST_PROTOCOL || Number(version) > NEWEST_PROTOCOL) {
    return { code: CLOSE_CODE.unsupportedProtocol, message: "Unsupported protocol version" };
  }
  return undefined;
}
