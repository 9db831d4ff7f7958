import { languageOfTag, writtenIn } from "@/lib/core/written-language";
import type { ConversationRow, MessageRow } from "./rows";

type Reader = "visitor" | "agents";

/** A conversation and its last public messages, oldest first. */
export interface TranslationView {
  readonly conversation: ConversationRow;
  readonly messages: readonly MessageRow[];
  /** What the customer's browser asks for; null where none told. */
  readonly browserLanguage: string | null;
}

/** A message that one side cannot read as it is written. */
export interface WantedTranslation {
  readonly message: MessageRow;
  readonly reader: Reader;
  readonly language: string;
  readonly texts: readonly string[];
}

const textsOf = ({ parts }: MessageRow): string[] =>
  parts.flatMap((part) => (part.type === "text" && typeof part["text"] === "string" ? [part["text"]] : []));

/** The language that the customer reads: that of their own words taken together, else that of their page. */
function visitorLanguage({ messages, conversation, browserLanguage }: TranslationView): string {
  const own = messages.filter(({ author_kind: kind, recalled_at: recalled }) => kind === "visitor" && !recalled);
  const wish = browserLanguage ?? conversation.locale;
  return writtenIn(own.flatMap(textsOf).join("\n"), wish) ?? languageOfTag(wish ?? "zh-CN");
}

/** Who reads a message in another language than it is written in; agents only where they read the conversation. */
function readersOf(message: MessageRow, conversation: ConversationRow): Reader[] {
  const isWithPeople = conversation.status !== "bot";
  switch (message.author_kind) {
    case "visitor":
      return isWithPeople ? ["agents"] : [];
    case "agent":
      // What has begun to go out to a platform was read there as it went.
      return message.delivery_step > 0 ? [] : ["visitor"];
    case "bot":
      return isWithPeople ? ["visitor", "agents"] : ["visitor"];
    default:
      return [];
  }
}

/**
 * What is to be translated, newest first: it is what people look at.
 *
 * @param agents the language that agents read
 */
export function wantedTranslations(view: TranslationView, agents: string): WantedTranslation[] {
  const visitor = visitorLanguage(view);
  // Both read the same: whoever writes something else does so on purpose.
  if (visitor === agents) {
    return [];
  }
  const languages = { visitor, agents };
  return view.messages.toReversed().flatMap((message) => {
    const texts = textsOf(message);
    const own = message.author_kind === "visitor" ? view.browserLanguage : null;
    const written = writtenIn(texts.join("\n"), own);
    if (message.recalled_at || written === undefined) {
      return [];
    }
    return readersOf(message, view.conversation)
      .filter((reader) => languages[reader] !== written && message.translations?.[reader] === undefined)
      .map((reader) => ({ message, reader, language: languages[reader], texts }));
  });
}
