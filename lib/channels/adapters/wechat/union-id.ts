import { z } from "zod";
import type { AdapterContext } from "../../adapter";
import { answerOf, callWith } from "./platform";
import type { WeixinConfig } from "./schema";

const told = z.object({ unionid: z.string().min(1).max(128).optional() });

/** The union id of a follower (fact sheet 1.9); there is none for accounts that no open-platform account holds together. */
export async function unionIdOf(openId: string, context: AdapterContext<WeixinConfig>): Promise<string | undefined> {
  const query = new URLSearchParams({ openid: openId, lang: "zh_CN" });
  const answer = await callWith(context, `/cgi-bin/user/info?${query}`, {}, answerOf);
  return told.safeParse(answer).data?.unionid;
}
