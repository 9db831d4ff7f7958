import type { Actor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { findFile, type Uploader, uploadMaxBytes } from "@/lib/files/queries";
import { storeUpload } from "@/lib/files/service";
import type { Contract } from "@/lib/platform/http/contract";
import { receiveFile } from "@/lib/platform/http/receive-file";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { isFileToken } from "@/lib/platform/storage/file-address";
import { incomingFolder, storage } from "@/lib/platform/storage/storage";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { problemResponse } from "./problem-response";

const PER_MINUTE = 60;

function uploaderOf(actor: Actor): Uploader {
  switch (actor.kind) {
    case "agent":
      return { merchantId: actor.merchantId, kind: "agent", id: actor.agentId };
    case "key":
      return { merchantId: actor.merchantId, kind: "key", id: actor.keyId };
    case "visitor":
      return { merchantId: actor.merchantId, kind: "visitor", id: actor.customerId };
    default:
      throw new AppError("unauthenticated", "unauthenticated");
  }
}

/** An upload route: multipart field `file` → 201 with the stored file. */
export function uploadEndpoint(audience: Contract["audience"]) {
  const contract = { name: "uploadFile", audience } as unknown as Contract;
  return async (request: Request): Promise<Response> => {
    const base = baseContext(request.headers);
    try {
      const actor = await authenticate(request, base.db, contract, base.now());
      const uploader = uploaderOf(actor);
      spend(`${uploader.id}:uploadFile`, PER_MINUTE);
      const received = await receiveFile(request, {
        folder: incomingFolder(),
        maxBytes: await uploadMaxBytes(base.db, uploader.merchantId),
      });
      return Response.json(await storeUpload({ ...base, actor }, uploader, received), { status: 201 });
    } catch (error) {
      return problemResponse(error, { ...base, operation: "uploadFile" });
    }
  };
}

/**
 * `GET /api/files/{id}?token=…`. Always an attachment that a browser may not guess the type of and not run: a picture
 * in an <img> shows all the same, an HTML page in disguise does not (go-fly serves them, T54).
 */
export async function serveFile(request: Request, params: { readonly id: string }): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const token = new URL(request.url).searchParams.get("token") ?? "";
    if (!isFileToken(params.id, token, base.now())) {
      throw new AppError("forbidden", "file_link_expired");
    }
    const file = await findFile(base.db, params.id);
    if (!file) {
      throw new AppError("not_found", "file_unknown");
    }
    const bytes = await storage().read(file.storageKey);
    if (!bytes) {
      base.log.error({ fileId: file.id, requestId: base.requestId }, "the bytes of a stored file are gone");
      throw new AppError("not_found", "file_unknown");
    }
    return new Response(bytes, {
      headers: {
        "content-type": file.mime,
        "content-length": String(file.size),
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=86400, immutable",
        "cross-origin-resource-policy": "same-origin",
      },
    });
  } catch (error) {
    return problemResponse(error, { ...base, operation: "serveFile" });
  }
}
