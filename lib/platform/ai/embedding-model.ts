/** A text as a sentence vector. */
export interface Embedding {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** How far the model knows the text's words, 0–1. */
  readonly trust: number;
}

/** Turns texts into vectors whose nearness is nearness of meaning. */
export interface EmbeddingModel {
  /** Names the model and all that changes its vectors; vectors of two ids are never compared. */
  readonly id: string;
  /** Whether a text is in a language that the model was made for. */
  speaks(text: string): boolean;
  /**
   * @param texts in languages that the model speaks
   * @param words of each text, those that say what it is about; for the trust
   * @throws Error when the model cannot be asked now
   */
  embed(texts: readonly string[], words: readonly (readonly string[])[]): Promise<Embedding[]>;
}
