import { AppError } from "@/lib/core/errors";
import { switchMerchant } from "@/lib/identity/contracts";
import { merchantsOf } from "@/lib/identity/queries";
import { MERCHANT_COOKIE } from "@/lib/identity/session";
import { env } from "@/lib/platform/env/env";
import { readJson } from "@/lib/platform/http/read-body";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { problemResponse } from "./problem-response";

const REMEMBER_SECONDS = 180 * 24 * 3_600;
const MAX_BYTES = 1_024;

/**
 * Chooses the merchant that the caller works for from now on. Not an ordinary operation, because it sets a cookie. The
 * cookie only says what is wanted; every request checks again that the person belongs there.
 */
export async function switchMerchantEndpoint(request: Request): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const actor = await authenticate(request, base.db, switchMerchant, base.now());
    const parsed = switchMerchant.body.safeParse(await readJson(request, MAX_BYTES));
    if (!parsed.success || actor.kind !== "agent") {
      throw new AppError("invalid", "invalid");
    }
    const own = await merchantsOf(base.db, actor.userId, base.locale);
    if (!own.some((merchant) => merchant.id === parsed.data.merchantId)) {
      throw new AppError("not_found", "merchant_not_found");
    }
    const secure = env().YINGDA_URL.startsWith("https://") ? "; Secure" : "";
    const cookie = `${MERCHANT_COOKIE}=${parsed.data.merchantId}; Path=/; Max-Age=${REMEMBER_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
    return Response.json({ ok: true }, { headers: { "set-cookie": cookie, "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error, { ...base, operation: switchMerchant.name });
  }
}
