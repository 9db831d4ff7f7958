import type { AnalysedEntry } from "./analysed-entry";
import { Numbers } from "./numbers";
import { Pauses } from "./pauses";
import { type PhraseWords, PhraseWordsBuilder } from "./phrase-words";
import { TermTable } from "./term-table";

/** Channels whose lengths are kept: four of the questions, and the words of question and answer together. */
export const CHANNELS = 5;

/** Postings, and documents, that are counted between two looks at the clock. */
const PAUSE_EACH = 100_000;
const PAUSE_EACH_DOCUMENTS = 1_000;

/** Entries of one batch, inverted; never changed once built. Document numbers count from 0 in the order they came. */
export interface Postings {
  readonly documents: number;
  /** Terms known in this batch. */
  readonly terms: number;
  /** Number of the term with a hash, or -1. */
  find(hash: number): number;
  /** Where the postings of a term begin; those of the next term end them. */
  readonly starts: Uint32Array;
  readonly documentOf: Uint32Array;
  /** How often the term stands in the document; at most 255. */
  readonly counts: Uint8Array;
  /** Tokens of each document and channel: `document * CHANNELS + channel`. */
  readonly lengths: Float32Array;
  /** Sum of the lengths of each channel. */
  readonly totals: readonly number[];
  /** First phrase of each document, with the end after the last. */
  readonly phraseStarts: Uint32Array;
  /** First gram of each phrase, with the end after the last. */
  readonly gramStarts: Uint32Array;
  /** Distinct grams of the phrases, as hashes. */
  readonly grams: Uint32Array;
  /** Hash of each phrase's key. */
  readonly keys: Uint32Array;
  /** First letter of each phrase, with the end after the last. */
  readonly letterStarts: Uint32Array;
  /** Letters of the phrases as UTF-16 units. */
  readonly letters: Uint16Array;
  /** Words of the phrases, for those that are compared word by word. */
  readonly words: PhraseWords;
  /** Hash of each document's answer; those with the same one say the same. 0 where there is none. */
  readonly answerKeys: Uint32Array;
  /** Share of documents with an answer, 0–1. */
  readonly answered: number;
}

/** Takes analysed entries one after the other and inverts them. */
export class PostingsBuilder {
  private readonly table = new TermTable();
  private readonly terms = new Numbers();
  private readonly termCounts = new Numbers();
  private readonly termStarts = new Numbers();
  private readonly lengths = new Numbers();
  private readonly totals: number[] = new Array<number>(CHANNELS).fill(0);
  private readonly phraseStarts = new Numbers();
  private readonly gramStarts = new Numbers();
  private readonly grams = new Numbers();
  private readonly keys = new Numbers();
  private readonly letterStarts = new Numbers();
  private readonly texts: string[] = [];
  private lettersRead = 0;
  private withAnswer = 0;
  private readonly answerKeys = new Numbers();
  private readonly words = new PhraseWordsBuilder();

  get documents(): number {
    return this.termStarts.length;
  }

  add(entry: AnalysedEntry): void {
    this.termStarts.push(this.terms.length);
    const counted = new Map<number, number>();
    this.withAnswer += entry.answerKey === 0 ? 0 : 1;
    this.answerKeys.push(entry.answerKey);
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const tokens = entry.channels[channel] ?? [];
      this.lengths.push(tokens.length);
      this.totals[channel] = (this.totals[channel] ?? 0) + tokens.length;
      for (const hash of tokens) {
        counted.set(hash, (counted.get(hash) ?? 0) + 1);
      }
    }
    for (const [hash, count] of counted) {
      this.terms.push(this.table.add(hash));
      this.termCounts.push(count);
    }
    this.phraseStarts.push(this.gramStarts.length);
    for (const [index, phrase] of entry.phrases.entries()) {
      this.gramStarts.push(this.grams.length);
      this.keys.push(entry.keys[index] ?? 0);
      this.words.add(entry.words[index] ?? []);
      this.letterStarts.push(this.lettersRead);
      const letters = entry.letters[index] ?? "";
      this.texts.push(letters);
      this.lettersRead += letters.length;
      for (const hash of phrase) {
        this.grams.push(hash);
      }
    }
  }

  /** Inverts what was added; a second for 100,000 short entries, with pauses for other requests. */
  async build(): Promise<Postings> {
    const pauses = new Pauses();
    const documents = this.documents;
    const inverted = await this.invert(documents, pauses);
    this.phraseStarts.push(this.gramStarts.length);
    this.gramStarts.push(this.grams.length);
    this.letterStarts.push(this.lettersRead);
    for (const done of [this.terms, this.termCounts, this.termStarts]) {
      done.clear();
    }
    const { table } = this;
    // Each is a copy of many numbers: others have their turn between two.
    const taken = async (numbers: Numbers): Promise<Uint32Array> => {
      await pauses.ifDue();
      return numbers.take();
    };
    return {
      documents,
      terms: table.size,
      find: (hash) => table.find(hash),
      ...inverted,
      lengths: new Float32Array(await taken(this.lengths)),
      totals: this.totals,
      phraseStarts: await taken(this.phraseStarts),
      gramStarts: await taken(this.gramStarts),
      grams: await taken(this.grams),
      keys: await taken(this.keys),
      letterStarts: await taken(this.letterStarts),
      letters: await this.takeLetters(pauses),
      words: this.words.build(),
      answerKeys: await taken(this.answerKeys),
      answered: this.withAnswer / (documents || 1),
    };
  }

  /** Which documents each term stands in, and how often. */
  private async invert(documents: number, pauses: Pauses): Promise<Pick<Postings, "starts" | "documentOf" | "counts">> {
    const starts = new Uint32Array(this.table.size + 1);
    for (let index = 0; index < this.terms.length; index += 1) {
      const term = this.terms.at(index) + 1;
      starts[term] = (starts[term] ?? 0) + 1;
      if (index % PAUSE_EACH === 0) {
        await pauses.ifDue();
      }
    }
    for (let term = 0; term < this.table.size; term += 1) {
      starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
    }
    const next = starts.slice();
    const documentOf = new Uint32Array(this.terms.length);
    const counts = new Uint8Array(this.terms.length);
    for (let document = 0; document < documents; document += 1) {
      if (document % PAUSE_EACH_DOCUMENTS === 0) {
        await pauses.ifDue();
      }
      const end = document + 1 < documents ? this.termStarts.at(document + 1) : this.terms.length;
      for (let index = this.termStarts.at(document); index < end; index += 1) {
        const term = this.terms.at(index);
        const place = next[term] ?? 0;
        next[term] = place + 1;
        documentOf[place] = document;
        counts[place] = Math.min(255, this.termCounts.at(index));
      }
    }
    return { starts, documentOf, counts };
  }

  private async takeLetters(pauses: Pauses): Promise<Uint16Array> {
    const letters = new Uint16Array(this.lettersRead);
    let place = 0;
    for (const [phrase, text] of this.texts.entries()) {
      if (phrase % PAUSE_EACH_DOCUMENTS === 0) {
        await pauses.ifDue();
      }
      for (let index = 0; index < text.length; index += 1) {
        letters[place] = text.charCodeAt(index);
        place += 1;
      }
    }
    this.texts.length = 0;
    return letters;
  }
}
