import { Numbers } from "./numbers";

/** Words of a phrase, or of a question, that are compared; a longer one is a story. */
export const WORDS_MAX = 24;

/** The words of each phrase of a batch in reading order, as numbers of a vocabulary. */
export interface PhraseWords {
  /** First word of each phrase, with the end after the last. */
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
  readonly vocabulary: readonly string[];
}

/** Takes the words of one phrase after the other. */
export class PhraseWordsBuilder {
  private readonly known = new Map<string, number>();
  private readonly vocabulary: string[] = [];
  private readonly starts = new Numbers();
  private readonly numbers = new Numbers();

  /** @param words none for a phrase that is not compared word by word */
  add(words: readonly string[]): void {
    this.starts.push(this.numbers.length);
    for (const word of words.slice(0, WORDS_MAX)) {
      let number = this.known.get(word);
      if (number === undefined) {
        number = this.vocabulary.length;
        this.known.set(word, number);
        this.vocabulary.push(word);
      }
      this.numbers.push(number);
    }
  }

  build(): PhraseWords {
    this.starts.push(this.numbers.length);
    return { starts: this.starts.take(), numbers: this.numbers.take(), vocabulary: this.vocabulary };
  }
}
