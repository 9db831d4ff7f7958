/** A text as a sentence vector. */
export interface Embedding {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** How far the model can be trusted with the text, 0–1. */
  readonly trust: number;
  /**
   * Turns a cosine of this model's vectors into what the search's weights expect; left out where they were made for this
   * model. Rising, 1 stays 1.
   */
  readonly measure?: ((cosine: number) => number) | undefined;
}

/** Turns texts into vectors whose nearness is nearness of meaning. */
export interface EmbeddingModel {
  /** Names the model and all that changes its vectors; vectors of two ids are never compared. */
  readonly id: string;
  /** Who is asked, with what key: what is learnt of one service's health and cost is not another's. */
  readonly service: string;
  /** Whether texts leave the machine. */
  readonly remote: boolean;
  /** Longest wait for the vector of a question, in milliseconds; after it the words alone decide. */
  readonly waitMs: number;
  /** Texts in one call, and calls at once, where many are to be had. */
  readonly batch: { readonly texts: number; readonly calls: number };
  /** How widely its vectors spread beside those of the model that the search was made with; 1: the same. */
  readonly spread?: number | undefined;
  /** Whether a text is in a language that the model was made for. */
  speaks(text: string): boolean;
  /**
   * @param texts in languages that the model speaks
   * @param words of each text, those that say what it is about; for the trust
   * @throws Error when the model cannot be asked now
   */
  embed(texts: readonly string[], words: readonly (readonly string[])[]): Promise<Embedding[]>;
}
