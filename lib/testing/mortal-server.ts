import { expect } from "vitest";
import { env } from "@/lib/platform/env/env";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { HotServerProcess } from "./worker-process";

/** The gaps before the answer to a webhook: nothing stored, and stored but nothing said. */
export const ANSWER_GAPS: readonly FaultPoint[] = ["webhook.verified", "webhook.stored"];

/** A server that ends at a point; after its end one runs that does not, so that whoever posts again gets through. */
export class MortalServer {
  deaths = 0;
  private server: HotServerProcess;
  private readonly started: HotServerProcess[] = [];

  /** @param program of `bundleHotServer` */
  constructor(
    private readonly program: string,
    private readonly databaseUrl: string,
    point: FaultPoint,
  ) {
    this.server = this.run(point);
  }

  private run(killAt?: FaultPoint): HotServerProcess {
    const server = new HotServerProcess(
      this.program,
      this.databaseUrl,
      { ENCRYPTION_KEY: env().ENCRYPTION_KEY },
      killAt,
    );
    this.started.push(server);
    return server;
  }

  /** Posts to the one that runs. @throws when it died over it */
  async post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
    try {
      return await fetch(`${await this.server.url()}${path}`, { method: "POST", headers, body });
    } catch (error) {
      expect(await this.server.ended()).toBe("SIGKILL");
      this.deaths += 1;
      this.server = this.run();
      await this.server.url();
      throw error;
    }
  }

  /** None is left. */
  async end(): Promise<void> {
    await Promise.all(this.started.splice(0).map((server) => server.kill("SIGKILL")));
  }
}
