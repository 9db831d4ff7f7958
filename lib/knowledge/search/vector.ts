import { segment } from "./segmentation";

/** Characters of an answer that are indexed: further down a long text is about everything. */
const ANSWER_CHARACTERS = 400;
/** Postgres refuses a tsvector over 1 MB; 100 variants of 300 characters stay far below with this. */
const LEXEMES_MAX = 6_000;

const quote = (lexeme: string): string => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

function lexemesOf(text: string, withTrigrams: boolean): Set<string> {
  const { grams, words, concepts, trigrams } = segment(text, withTrigrams ? 40_000 : ANSWER_CHARACTERS);
  return new Set([...grams, ...words, ...concepts, ...(withTrigrams ? trigrams : [])]);
}

/**
 * The `search` column of an entry, in the text form of a tsvector: question and variants with weight A, the beginning
 * of the answer with weight D. Positions carry no order here, only the weight.
 */
export function searchVector(entry: {
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
}): string {
  const asked = lexemesOf([entry.question, ...entry.variants].join("\n"), true);
  const answered = lexemesOf(entry.answer, false);
  const parts: string[] = [];
  for (const lexeme of new Set([...asked, ...answered])) {
    parts.push(
      `${quote(lexeme)}:${[asked.has(lexeme) ? "1A" : "", answered.has(lexeme) ? "2D" : ""].filter(Boolean).join(",")}`,
    );
  }
  return parts.slice(0, LEXEMES_MAX).join(" ");
}

/** A tsquery that any of the lexemes satisfies; null for none, which would match nothing. */
export function anyOf(lexemes: readonly string[]): string | null {
  return lexemes.length > 0 ? lexemes.map(quote).join(" | ") : null;
}
