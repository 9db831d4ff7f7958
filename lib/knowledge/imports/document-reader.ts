import { existsSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/core/errors";
import type { DocumentSource, ReadDocument } from "./document-reading";
import type { ReadAnswer, ReadRequest } from "./reader-thread";
import type { TableKind } from "./table-reading";
import type { ImportRecord } from "./table-rows";

/** Longest time that one file or page may take to be read. Milliseconds. */
const READ_MAX_MS = 60_000;
/** Most memory of the thread, in MB: a file that wants more is refused, and the process lives on. */
const HEAP_MAX_MB = 768;

/** The thread's program, bundled with what it needs (scripts/build/bundles.mjs). */
const program = (): string => path.join(process.cwd(), "dist", "import-reader.mjs");

/**
 * Reads documents and tables in a thread of its own. What parses strangers' files may take long, want much memory or
 * never end: the process that answers customers does not notice.
 */
export class DocumentReader {
  private thread: Worker | undefined;

  constructor(private readonly limits: { readonly milliseconds?: number; readonly heapMb?: number } = {}) {}

  /** @throws AppError with the reason of readDocument; invalid `import_timed_out` | `import_too_large` */
  async document(source: DocumentSource, bytes: Uint8Array): Promise<ReadDocument> {
    for await (const answer of this.ask({ document: source, bytes })) {
      if ("document" in answer) {
        return answer.document;
      }
    }
    throw new AppError("invalid", "import_broken");
  }

  /** @throws AppError with the reason of readTable; invalid `import_timed_out` | `import_too_large` */
  async *table(kind: TableKind, bytes: Uint8Array): AsyncGenerator<ImportRecord> {
    for await (const answer of this.ask({ table: kind, bytes })) {
      if ("records" in answer) {
        yield* answer.records;
      }
    }
  }

  async close(): Promise<void> {
    const thread = this.thread;
    this.thread = undefined;
    await thread?.terminate();
  }

  private started(): Worker {
    if (!existsSync(program())) {
      throw new Error("dist/import-reader.mjs is missing: npm run build");
    }
    if (this.thread) {
      return this.thread;
    }
    this.thread = new Worker(program(), {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb ?? HEAP_MAX_MB },
      // Nothing of the environment, which holds the installation's secrets, reaches what reads strangers' files.
      env: {},
      stdout: false,
    });
    // Errors of a thread that nobody waits for any more end no process.
    this.thread.on("error", () => undefined);
    return this.thread;
  }

  private async *ask(request: ReadRequest): AsyncGenerator<ReadAnswer> {
    const thread = this.started();
    const answers: ReadAnswer[] = [];
    let failure: Error | undefined;
    let wake = (): void => undefined;
    const heard = (answer: ReadAnswer): void => {
      answers.push(answer);
      wake();
    };
    const broke = (error: Error): void => {
      const memory = (error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
      failure = new AppError("invalid", memory ? "import_too_large" : "import_broken", { cause: error });
      this.thread = undefined;
      wake();
    };
    const timer = setTimeout(() => {
      failure = new AppError("invalid", "import_timed_out");
      void this.close();
      wake();
    }, this.limits.milliseconds ?? READ_MAX_MS);
    thread.on("message", heard);
    thread.on("error", broke);
    thread.postMessage(request);
    try {
      for (let done = false; !done; ) {
        const answer = answers.shift();
        if (answer === undefined) {
          if (failure) {
            throw failure;
          }
          await new Promise<void>((resume) => {
            wake = resume;
          });
          continue;
        }
        if ("failed" in answer) {
          throw new AppError(answer.failed.code, answer.failed.reason);
        }
        done = "document" in answer || answer.last;
        yield answer;
      }
    } finally {
      clearTimeout(timer);
      thread.off("message", heard);
      thread.off("error", broke);
    }
  }
}
