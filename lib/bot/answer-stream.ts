import { setTimeout as pause } from "node:timers/promises";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";

/** Tokens are gathered this long: a push for each of 200 tokens would be 200 pushes. */
const BATCH_MS = 50;
/** The embedded answerer has its whole text at once; it comes in a few pieces so that the eye can follow. */
const PIECES = 5;
const PIECE_PAUSE_MS = 4;

/** Where an answer's words go while it is being written. */
export interface TextStream {
  /** True when somebody has seen a piece already. */
  readonly started: boolean;
  show(text: string): void;
  showWhole(text: string): Promise<void>;
  close(): void;
}

/** For trying the bot out: nobody watches. */
export const UNSEEN: TextStream = {
  started: false,
  show: () => undefined,
  showWhole: async () => undefined,
  close: () => undefined,
};

/**
 * A bot's answer on its way to the visitor. Nothing depends on it: the finished message carries the whole text and the
 * same id, and takes the pieces' place.
 */
export class AnswerStream implements TextStream {
  private shown = "";
  private wanted = "";
  private index = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly conversationId: string,
    private readonly answerId: string,
  ) {}

  /** True when the visitor has seen a piece already. */
  get started(): boolean {
    return this.index > 0;
  }

  /** Shows or takes away that the bot is writing. */
  typing(typing: boolean): void {
    const channels = [realtimeChannel.visitor(this.conversationId), realtimeChannel.conversation(this.conversationId)];
    publish(channels, "typing", { conversationId: this.conversationId, side: "bot", typing });
  }

  /** The text as far as it is known; only what is new is sent. A text that changed its beginning waits for the end. */
  show(text: string): void {
    this.wanted = text;
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** Sends a finished text in a few pieces, within 25 ms. */
  async showWhole(text: string): Promise<void> {
    const size = Math.max(1, Math.ceil(text.length / PIECES));
    for (let end = size; end < text.length + size; end += size) {
      this.wanted = text.slice(0, end);
      this.flush();
      await pause(PIECE_PAUSE_MS);
    }
  }

  /** Sends what waits and ends; later `show`s are nobody's. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.close();
    if (!this.wanted.startsWith(this.shown) || this.wanted.length === this.shown.length) {
      return;
    }
    const text = this.wanted.slice(this.shown.length);
    publish([realtimeChannel.visitor(this.conversationId)], "answer.delta", {
      conversationId: this.conversationId,
      answerId: this.answerId,
      index: this.index,
      text,
    });
    this.index += 1;
    this.shown = this.wanted;
  }
}
