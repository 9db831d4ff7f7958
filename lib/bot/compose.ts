import type { MessagePart } from "@/lib/conversations/schema";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { SearchHit } from "@/lib/knowledge/schema";
import type { HandoffReason } from "./decide";
import { isBorrowed, languageOf } from "./message-language";
import type { Pleasantry } from "./pleasantries";
import type { OpenTurn } from "./turn";

type Choice = Extract<MessagePart, { type: "choices" }>["choices"][number];

const CHOICES_MAX = 4;
const FOLLOW_UPS = 3;

/** What a label holds of a long question; the whole of it is asked. */
const LABEL = 60;

const text = (words: string): MessagePart => ({ type: "text", text: words });

function askFor(hit: SearchHit): Choice {
  const label = hit.question.length > LABEL ? `${hit.question.slice(0, LABEL - 1)}…` : hit.question;
  return { label, action: "ask", value: hit.question };
}

/**
 * The language that the bot writes: the visitor's words decide ("ok" and its like only where nothing was said before),
 * then what they wrote before, then what the browser said, then Chinese.
 */
export function writtenLanguage(turn: Pick<OpenTurn, "texts" | "history">, fromConversation: string | null): Locale {
  const said = turn.texts.join(" ");
  const fromWords = languageOf(said);
  const before = turn.history
    .filter(({ from, text: words }) => from === "visitor" && !isBorrowed(words))
    .map(({ text: words }) => languageOf(words))
    .findLast((language) => language !== undefined);
  const spoken = isBorrowed(said) ? (before ?? fromWords) : (fromWords ?? before);
  if (spoken) {
    return spoken;
  }
  if (isLocale(fromConversation)) {
    return fromConversation;
  }
  return fromConversation?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

/** Ways to a person: a button to be put in line, or to leave a message while nobody is there. */
function wayToPerson(locale: Locale, agentsOnline: boolean): Choice {
  const t = serverTranslator(locale, "bot");
  return agentsOnline
    ? { label: t("person"), action: "handoff" }
    : { label: t("leaveMessage"), action: "leave_message" };
}

/** A line of the bot's own, by its key. */
export function line(locale: Locale, key: Pleasantry | "reset"): MessagePart[] {
  return [text(serverTranslator(locale, "bot")(key))];
}

/** What is said under an answer that may miss. */
export const cautionWords = (locale: Locale): string => serverTranslator(locale, "bot")("caution");

/** Most files of one answer: more would bury it. */
const FILES_MAX = 6;

/** Pictures and other files of the entries that an answer was made from. */
function fileParts(cited: readonly SearchHit[]): MessagePart[] {
  return cited
    .flatMap(({ files }) => files)
    .slice(0, FILES_MAX)
    .map(({ id, width, height, ...file }) =>
      file.mime.startsWith("image/")
        ? { type: "image", fileId: id, ...file, width, height }
        : { type: "file", fileId: id, ...file },
    );
}

/** An answer with where it comes from, questions that are near it, and a person where the matter asks for one. */
export function answerParts(input: {
  readonly locale: Locale;
  readonly text: string;
  readonly cited: readonly SearchHit[];
  readonly followUps: readonly SearchHit[];
  readonly person?: { readonly agentsOnline: boolean } | undefined;
  /** Says that it may not be what was meant. */
  readonly caution?: boolean;
  /** The questions below were asked in the same message. */
  readonly others?: boolean;
}): MessagePart[] {
  const t = serverTranslator(input.locale, "bot");
  const choices = input.followUps.slice(0, FOLLOW_UPS).map(askFor);
  if (input.person) {
    choices.push(wayToPerson(input.locale, input.person.agentsOnline));
  }
  return [
    text(input.text),
    ...(input.caution ? [text(cautionWords(input.locale))] : []),
    ...fileParts(input.cited),
    ...input.cited.map((hit) => ({ type: "citation" as const, entryId: hit.entryId, title: hit.question })),
    ...(input.others ? [text(t("others"))] : []),
    ...(choices.length > 0 ? [{ type: "choices" as const, choices }] : []),
  ];
}

/** The likeliest questions to choose from, and a person for whom none of them is it. */
export function choiceParts(locale: Locale, hits: readonly SearchHit[], agentsOnline: boolean): MessagePart[] {
  const t = serverTranslator(locale, "bot");
  const person = agentsOnline ? { label: t("noneOfThese"), action: "handoff" as const } : wayToPerson(locale, false);
  return [text(t("choices")), { type: "choices", choices: [...hits.slice(0, CHOICES_MAX).map(askFor), person] }];
}

/** Honest words that there is no answer, with a way on. `about`: files, or details of themselves alone; the last answer was none. */
export function noAnswerParts(
  locale: Locale,
  agentsOnline: boolean,
  about: "noAnswer" | "files" | "notHelpful" | "details" = "noAnswer",
): MessagePart[] {
  const words = serverTranslator(locale, "bot")(agentsOnline ? about : `${about}Alone`);
  return [text(words), { type: "choices", choices: [wayToPerson(locale, agentsOnline)] }];
}

/** Matters that are handed over with words of their own. */
const GRAVE = ["crisis", "hurt", "sensitive"] as const;

/**
 * What the bot says before it hands over; with nobody there, how to leave a message.
 *
 * @param because the decision's reason: no apology for an "experience" where somebody was hurt
 */
export function handoffParts(
  locale: Locale,
  { handoff, reason: because }: { readonly handoff: HandoffReason; readonly reason: string },
  agentsOnline: boolean,
): MessagePart[] {
  const reason = GRAVE.find((grave) => grave === because) ?? handoff;
  const t = serverTranslator(locale, "bot");
  if (agentsOnline) {
    return [text(t(`handoff.${reason}`))];
  }
  return [text(t(`handoffAlone.${reason}`)), { type: "choices", choices: [wayToPerson(locale, false)] }];
}

/** The answers to several questions, each under its own. */
export const severalAnswers = (hits: readonly SearchHit[]): string =>
  hits.map(({ question, answer }) => `**${question}**\n\n${answer}`).join("\n\n");

/** An entry's words behind a greeting, for a customer who greeted. */
export function withGreeting(locale: Locale, words: string): string {
  return `${serverTranslator(locale, "bot")("hello")}\n\n${words}`;
}

/** For channels where nothing can be tapped: the ways on that were buttons become words, or fall away. */
export function withoutChoices(locale: Locale, parts: readonly MessagePart[]): MessagePart[] {
  const t = serverTranslator(locale, "bot");
  return parts.flatMap((part): MessagePart[] => {
    if (part.type !== "choices") {
      return [part];
    }
    return part.choices.some(({ action }) => action === "handoff") ? [text(t("sayPerson"))] : [];
  });
}
