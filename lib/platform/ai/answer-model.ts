/** Why no usable text came: the next provider is asked then, and in the end the caller answers by itself. */
export const MODEL_FAILURES = [
  "circuit_open",
  "timeout",
  "unauthorized",
  "limited",
  "quota",
  "refused",
  "unreachable",
  "blocked",
  "malformed",
  "cut",
  "filtered",
  "tool_loop",
  "aborted",
] as const;
export type ModelFailure = (typeof MODEL_FAILURES)[number];

export class ModelError extends Error {
  constructor(
    readonly failure: ModelFailure,
    readonly options: {
      readonly cause?: unknown;
      /** What the provider said, for the person who set it up; never for a customer. */
      readonly detail?: string | undefined;
      /** How long the provider wants to be left alone. */
      readonly restMs?: number | undefined;
    } = {},
  ) {
    super(`model: ${failure}`, { cause: options.cause });
    this.name = "ModelError";
  }
}

/** Something a model may ask for. What it may not do is decided here, in code, never in its prompt. */
export interface ModelTool {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  readonly description: string;
  /** JSON schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Checks the arguments itself: they come from a model. */
  readonly run: (input: unknown) => Promise<string>;
}

/** Where a service's own ids of conversations are kept. */
export interface ThreadMemory {
  get(providerId: string): Promise<string | undefined>;
  /** Undefined: the service knows it no longer. */
  set(providerId: string, thread: string | undefined): Promise<void>;
}

export interface AnswerRequest {
  readonly system: string;
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly content: string }[];
  /** The customer's question alone, for services that keep their own history and instructions. */
  readonly question: string;
  /** Who asks, as an id that tells the provider nothing. */
  readonly user: string;
  readonly tools?: readonly ModelTool[];
  readonly threads?: ThreadMemory;
  /** Ends the call; nothing more arrives at `onText` then. */
  readonly signal?: AbortSignal;
  /** The whole text so far, each time it has grown or was replaced. */
  readonly onText: (text: string, nature: ModelNature) => void;
  /** Told what a finished round of a call with tools took: it is paid for, also when a later one fails. */
  readonly onUsage?: (inputTokens: number, outputTokens: number) => void;
  /** Longest wait for the first word that is left, in milliseconds; a provider's own limit stands below it. */
  readonly firstTextMs?: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds to the first word. */
  readonly firstMs: number;
  readonly provider: { readonly id: string; readonly name: string };
  /** Texts the provider found in its own knowledge and answered from. */
  readonly sources: readonly string[];
}

/** What a provider can do beside writing. */
export interface ModelNature {
  /** Brings knowledge of its own: may be asked where ours has nothing. Its figures are checked when its answer is whole. */
  readonly ownKnowledge: boolean;
  /** Its own knowledge counts as a source even when it does not show what it read. */
  readonly trusted: boolean;
  /** For pleasantries only, never for facts. */
  readonly chatOnly: boolean;
}

export const PLAIN: ModelNature = { ownKnowledge: false, trusted: false, chatOnly: false };

/** A service that writes answers, whatever its protocol. */
export interface AnswerModel {
  readonly name: string;
  readonly nature: ModelNature;
  /** Streams one answer. @throws ModelError when it did not come whole and in time */
  streamAnswer(request: AnswerRequest): Promise<ModelAnswer>;
}
