import type { WorkerEvents } from "graphile-worker";

/** The jobs that the workers of this process are doing, by id. */
export class RunningJobs {
  private readonly running = new Set<string>();

  /** @param events of the workers, before they are made */
  constructor(events: WorkerEvents) {
    events.on("job:start", ({ job }) => this.running.add(String(job.id)));
    events.on("job:complete", ({ job }) => this.running.delete(String(job.id)));
    // A worker that ends over a job tells of no end of the job's.
    events.on("worker:fatalError", ({ worker }) => this.running.delete(String(worker.getActiveJob()?.id)));
  }

  ids(): string[] {
    return [...this.running];
  }
}
