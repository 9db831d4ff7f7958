import type { MessagePart } from "@/lib/conversations/schema";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { SearchHit } from "@/lib/knowledge/schema";
import type { HandoffReason } from "./decide";

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

/** The language that the bot writes: the visitor's words decide, then what the browser said, then Chinese. */
export function writtenLanguage(fromWords: Locale | undefined, fromConversation: string | null): Locale {
  if (fromWords) {
    return fromWords;
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
export function line(locale: Locale, key: "greeting" | "thanks" | "goodbye" | "reset"): MessagePart[] {
  return [text(serverTranslator(locale, "bot")(key))];
}

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
}): MessagePart[] {
  const choices = input.followUps.slice(0, FOLLOW_UPS).map(askFor);
  if (input.person) {
    choices.push(wayToPerson(input.locale, input.person.agentsOnline));
  }
  return [
    text(input.text),
    ...(input.caution ? [text(serverTranslator(input.locale, "bot")("caution"))] : []),
    ...fileParts(input.cited),
    ...input.cited.map((hit) => ({ type: "citation" as const, entryId: hit.entryId, title: hit.question })),
    ...(choices.length > 0 ? [{ type: "choices" as const, choices }] : []),
  ];
}

/** The likeliest questions to choose from, and a person for whom none of them is it. */
export function choiceParts(locale: Locale, hits: readonly SearchHit[], agentsOnline: boolean): MessagePart[] {
  const t = serverTranslator(locale, "bot");
  const person = agentsOnline ? { label: t("noneOfThese"), action: "handoff" as const } : wayToPerson(locale, false);
  return [text(t("choices")), { type: "choices", choices: [...hits.slice(0, CHOICES_MAX).map(askFor), person] }];
}

/** Honest words that there is no answer, with a way on. `about` files: the visitor sent something that is no text. */
export function noAnswerParts(
  locale: Locale,
  agentsOnline: boolean,
  about: "noAnswer" | "files" = "noAnswer",
): MessagePart[] {
  const words = serverTranslator(locale, "bot")(agentsOnline ? about : `${about}Alone`);
  return [text(words), { type: "choices", choices: [wayToPerson(locale, agentsOnline)] }];
}

/** What the bot says before it hands over; with nobody there, how to leave a message. */
export function handoffParts(locale: Locale, reason: HandoffReason, agentsOnline: boolean): MessagePart[] {
  const t = serverTranslator(locale, "bot");
  if (agentsOnline) {
    return [text(t(`handoff.${reason}`))];
  }
  return [text(t(`handoffAlone.${reason}`)), { type: "choices", choices: [wayToPerson(locale, false)] }];
}

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
