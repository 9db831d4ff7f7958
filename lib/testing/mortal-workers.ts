import { expect, vi } from "vitest";
import type { Database } from "@/db/client";
import { env } from "@/lib/platform/env/env";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { bundleWorker, freeLocks, WorkerProcess } from "./worker-process";

/** Longest that a process may take to start and come to its work on a busy machine, in milliseconds. */
const START_MS = 120_000;

/** Workers that are killed (kill -9) in the middle of their work, one after the other, on a test's database. */
export class MortalWorkers {
  private readonly started: WorkerProcess[] = [];

  private constructor(
    private readonly program: string,
    private readonly desk: { readonly db: Database; readonly url: string },
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** @param hosts which they may talk to */
  static async create(
    desk: { readonly db: Database; readonly url: string },
    hosts: readonly string[],
  ): Promise<MortalWorkers> {
    const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, OUTGOING_ALLOW_HOSTS: hosts.join(",") };
    return new MortalWorkers(await bundleWorker(), desk, settings);
  }

  /** @param settings of its own, over those of all */
  start(killAt?: FaultPoint, settings: Readonly<Record<string, string>> = {}): WorkerProcess {
    const worker = new WorkerProcess(this.program, this.desk.url, { ...this.settings, ...settings }, killAt);
    this.started.push(worker);
    return worker;
  }

  /** One works until it comes to this point, and dies there. What it held is free afterwards. */
  async dieAt(point: FaultPoint): Promise<void> {
    await this.untilDead(this.start(point));
  }

  /**
   * One works until something has happened, and is killed then.
   *
   * @param begin what is done once it waits for jobs, where they must not wait for a process to start
   */
  async dieOnce(happened: () => boolean, begin?: () => Promise<unknown>): Promise<void> {
    const worker = this.start();
    if (begin) {
      await this.untilReady(worker);
      await begin();
    }
    await vi.waitUntil(happened, START_MS);
    await worker.kill("SIGKILL");
    await this.untilDead(worker);
  }

  /** One that waits for jobs, and is to die at this point. */
  async ready(point: FaultPoint): Promise<WorkerProcess> {
    const worker = this.start(point);
    await this.untilReady(worker);
    return worker;
  }

  private async untilReady(worker: WorkerProcess): Promise<void> {
    await vi.waitUntil(() => worker.isReady(this.desk.db), START_MS);
  }

  /** Waits for its end by kill -9, and for what it held to be free. */
  async untilDead(worker: WorkerProcess): Promise<void> {
    expect(await worker.ended()).toBe("SIGKILL");
    await freeLocks(this.desk.db, worker);
  }

  /** None is left, whatever a test did. */
  async end(): Promise<void> {
    await Promise.all(this.started.splice(0).map((worker) => worker.kill("SIGKILL")));
  }
}
