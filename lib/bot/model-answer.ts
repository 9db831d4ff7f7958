import type { SearchHit } from "@/lib/knowledge/schema";
import { ModelError, type ModelNature, type ModelTool, type ThreadMemory } from "@/lib/platform/ai/answer-model";
import { type Attempt, askChain, type Link } from "@/lib/platform/ai/model-chain";
import type { Logger } from "@/lib/platform/log/log";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import type { TextStream } from "./answer-stream";
import { closestSource, type GuardInput, guard, inspect, type Violation } from "./guard";
import { buildPrompt, buildRewrite, NO_ANSWER, type PromptTurn, readable, readCitations, sourceBlock } from "./prompt";

export interface ModelQuestion {
  readonly question: string;
  readonly history: readonly PromptTurn[];
  /** Entries that were found. What the model finds by itself is added behind them. */
  readonly sources: readonly SearchHit[];
  readonly language: "zh-CN" | "en";
  /** Who asks, as an id that tells the provider nothing. */
  readonly user: string;
  readonly threads?: ThreadMemory | undefined;
  /** Longest wait for the first word, all providers together, in milliseconds; the chain's own limit stands below it. */
  readonly firstTextMs?: number | undefined;
  /** Lets the model search; only what every customer of this merchant may read. */
  readonly search?: ((query: string) => Promise<readonly SearchHit[]>) | undefined;
}

/** What came of asking; `failed` and `none` leave the answer to the embedded answerer. */
export type ModelOutcome = {
  readonly attempts: readonly Attempt[];
  readonly violation: Violation | null;
  /** What was sent, for services that do not count. */
  readonly prompt: string;
} & (
  | {
      readonly kind: "answered";
      readonly text: string;
      readonly cited: readonly SearchHit[];
      readonly providerId: string;
    }
  /** The model says that the sources do not answer. */
  | { readonly kind: "none" }
  | { readonly kind: "failed" }
);

class Stopped extends Error {}

const SEARCH_MAX = 3;
const QUERY_MAX = 200;

/** A number or address is judged when it is whole: what may still grow is held back. */
const HELD = /[^\s\u3000-\u303f\u3400-\u9fff\uff01-\uff0f]*$/u;

/** The part of an unfinished text that may be shown, without its marks. */
function showable(text: string, count: number): string {
  return readCitations(text.replace(HELD, ""), count).text;
}

const textOfHit = (hit: SearchHit): string => {
  const { question, answer } = readable(hit);
  return `${question}\n${answer}`;
};

function searchTool(search: NonNullable<ModelQuestion["search"]>, sources: SearchHit[]): ModelTool {
  return {
    name: "search_knowledge",
    description: "Searches the shop's knowledge base. Returns numbered sources.",
    parameters: {
      type: "object",
      properties: { query: { type: "string", description: "what to look for, in the customer's language" } },
      required: ["query"],
      additionalProperties: false,
    },
    run: async (input) => {
      const query = typeof input === "object" && input !== null && "query" in input ? input.query : undefined;
      if (typeof query !== "string" || query.trim() === "") {
        return "error: query is missing";
      }
      const hits = await search(query.slice(0, QUERY_MAX));
      const fresh = hits.filter((hit) => !sources.some((known) => known.entryId === hit.entryId)).slice(0, SEARCH_MAX);
      sources.push(...fresh);
      return fresh.length === 0
        ? "nothing further was found"
        : fresh.map((hit) => sourceBlock(hit, sources.indexOf(hit))).join("\n");
    },
  };
}

type Judged = { kind: "answered"; text: string; cited: SearchHit[] } | { kind: "none" } | { violation: Violation };

/** An answer of a service with knowledge of its own: what it showed us of it counts as a source. */
function judgeOwn(text: string, input: GuardInput, shown: readonly string[], trusted: boolean): Judged {
  const sources = [...input.sources, ...shown, ...(trusted ? [text] : [])];
  const verdict = guard(text, { ...input, sources });
  return verdict.ok ? { kind: "answered", text: verdict.text, cited: [] } : { violation: verdict.violation };
}

function judge(raw: string, sources: readonly SearchHit[], input: GuardInput): Judged {
  if (raw.includes(NO_ANSWER)) {
    return { kind: "none" };
  }
  const { text, cited, unknown } = readCitations(raw, sources.length);
  if (unknown && cited.length === 0) {
    return { violation: "citation" };
  }
  const verdict = guard(text, input);
  if (!verdict.ok) {
    return { violation: verdict.violation };
  }
  const closest = cited.length > 0 ? undefined : closestSource(text, input.sources);
  const named = closest === undefined ? cited : [closest];
  return { kind: "answered", text: verdict.text, cited: named.flatMap((index) => sources[index] ?? []) };
}

/** Watches a stream: shows what may be shown, and ends the call at the first thing that may not. */
function watch(input: GuardInput, sources: readonly SearchHit[], stream: TextStream) {
  const controller = new AbortController();
  const seen: { violation: Violation | null } = { violation: null };
  const onText = (raw: string, nature: ModelNature): void => {
    if (nature.ownKnowledge || controller.signal.aborted) {
      return;
    }
    const text = showable(raw, sources.length);
    const verdict = inspect(text, { ...input, sources: sources.map(textOfHit) });
    if (!verdict.ok) {
      seen.violation = verdict.violation;
      controller.abort(new Stopped());
    } else if (!NO_ANSWER.startsWith(text.slice(0, NO_ANSWER.length))) {
      stream.show(verdict.text);
    }
  };
  return { onText, seen, signal: controller.signal };
}

/**
 * Asks the chain for an answer from the sources and streams it. Each piece passes the guard before it is shown; the
 * first figure, link, promise or secret that stands in no source ends the call.
 *
 * Never throws: whatever happens to the providers, the caller has an answer of its own.
 */
export async function askModels(
  links: readonly Link[],
  question: ModelQuestion,
  stream: TextStream,
  log: Logger,
): Promise<ModelOutcome> {
  const { system, messages } = buildPrompt(question);
  const sources = [...question.sources];
  const input: GuardInput = {
    sources: sources.map(textOfHit),
    question: question.question,
    instructions: system,
    language: question.language,
  };
  const attempts: Attempt[] = [];
  const prompt = [system, ...messages.map(({ content }) => content)].join("\n");
  const { onText, seen, signal } = watch(input, sources, stream);
  try {
    const answer = await askChain(
      links,
      {
        system,
        messages,
        question: maskPrivateData(question.question),
        user: question.user,
        signal,
        onText,
        ...(question.firstTextMs !== undefined && { firstTextMs: question.firstTextMs }),
        ...(question.threads && { threads: question.threads }),
        ...(question.search && { tools: [searchTool(question.search, sources)] }),
      },
      (attempt) => attempts.push(attempt),
    );
    const nature = links.find(({ id }) => id === answer.provider.id)?.model.nature;
    const now = { ...input, sources: sources.map(textOfHit) };
    const judged = nature?.ownKnowledge
      ? judgeOwn(answer.text, now, answer.sources, nature.trusted)
      : judge(answer.text, sources, now);
    if ("violation" in judged) {
      log.warn({ violation: judged.violation }, "model answer refused");
      return { kind: "failed", attempts, violation: judged.violation, prompt };
    }
    return judged.kind === "none"
      ? { kind: "none", attempts, violation: null, prompt }
      : { ...judged, providerId: answer.provider.id, attempts, violation: null, prompt };
  } catch (error) {
    const failure = error instanceof ModelError ? error.failure : "unexpected";
    log.warn(
      { failure, violation: seen.violation, err: failure === "unexpected" ? error : undefined },
      "no model answer",
    );
    return { kind: "failed", attempts, violation: seen.violation, prompt };
  } finally {
    stream.close();
  }
}

const REWRITTEN_MAX = 120;
/** Longest wait for the first word of it, in milliseconds: the answer itself is still to come. */
const REWRITE_MS = 3_000;

/** Puts a follow-up into full words. What comes back is only searched for, never shown. */
export async function rewriteWithModel(
  links: readonly Link[],
  question: string,
  history: readonly PromptTurn[],
  user: string,
): Promise<{ readonly text: string | undefined; readonly attempts: readonly Attempt[]; readonly prompt: string }> {
  const { system, messages } = buildRewrite(question, history);
  const attempts: Attempt[] = [];
  const prompt = [system, ...messages.map(({ content }) => content)].join("\n");
  try {
    const { text } = await askChain(
      links,
      { system, messages, question: maskPrivateData(question), user, firstTextMs: REWRITE_MS, onText: () => undefined },
      (attempt) => attempts.push(attempt),
    );
    const line = text.trim().replace(/^["'“「]|["'”」]$/gu, "");
    const usable =
      line.length > 0 && line.length <= REWRITTEN_MAX && !/[\n<>]/u.test(line) && !line.includes(NO_ANSWER);
    return { text: usable ? line : undefined, attempts, prompt };
  } catch {
    return { text: undefined, attempts, prompt };
  }
}
