import { z } from "zod";
import { type AnswerModel, ModelError } from "./answer-model";
import { objectOf, refusalOf, withinLimits } from "./model-call";

export interface QingyunkeSettings {
  readonly id: string;
  readonly name: string;
  /** Such as `http://api.qingyunke.com/api.php`. */
  readonly baseUrl: string;
  readonly firstTextMs: number;
  readonly fetch?: typeof fetch;
}

const LONGEST_MS = 5_000;
const answered = z.object({ result: z.number(), content: z.string() });

/**
 * Qingyunke's free chat service: small talk only, over plain HTTP, sometimes a web page instead of an answer. Whatever
 * is not a good answer is none (hhsy.cc/api/doc/461.html).
 */
export function createQingyunkeModel(settings: QingyunkeSettings): AnswerModel {
  const nature = { ownKnowledge: false, trusted: false, chatOnly: true };
  return {
    name: settings.name,
    nature,
    streamAnswer: (request) =>
      withinLimits(Math.min(settings.firstTextMs, LONGEST_MS), request, async (call) => {
        const url = new URL(settings.baseUrl);
        url.search = new URLSearchParams({ key: "free", appid: "0", msg: request.question }).toString();
        const response = await (settings.fetch ?? fetch)(url, { signal: call.signal, redirect: "error" });
        if (!response.ok) {
          throw await refusalOf(response);
        }
        const parsed = answered.safeParse(objectOf(await response.text()));
        if (!parsed.success) {
          throw new ModelError("malformed", { cause: parsed.error });
        }
        const { result, content } = parsed.data;
        const text = content
          .replaceAll("{br}", "\n")
          .replace(/\{face:\d+\}/gu, "")
          .trim();
        if (result !== 0 || text === "") {
          throw new ModelError("refused", { detail: `result ${result}` });
        }
        call.wordsCame();
        request.onText(text, nature);
        const provider = { id: settings.id, name: settings.name };
        return { text, inputTokens: 0, outputTokens: 0, firstMs: call.firstMs, provider, sources: [] };
      }),
  };
}
