import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connect, type Database, rowsOf } from "@/db/client";
import { claimConversation, postReply, resolveConversation } from "@/lib/conversations/agent-service";
import { openConversation } from "@/lib/conversations/opening-service";
import { routingSettings } from "@/lib/conversations/settings-schema";
import { transferConversation } from "@/lib/conversations/transfer-service";
import { askForAgent, endByVisitor, leaveMessage } from "@/lib/conversations/visitor-service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { setPresence, updateAgent } from "@/lib/identity/service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { handOver } from "@/lib/testing/hand-over";
import { bePatient } from "@/lib/testing/patience";
import { impossibleRows, overloaded, overtakings, twiceAssigned } from "@/lib/testing/queue-story";
import { bundleWorker, WorkerProcess } from "@/lib/testing/worker-process";
import { waitingForNobody } from "./service";

const WORKERS = 8;
const STEPS_EACH = 300;
/** A new seed each run would find more, but a failure could not be looked at again. */
const SEED = 20_261_121;

/** Mulberry32: small, and the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** People who do what people do, at random, all at once; the product's own workers serve the queue meanwhile. */
class Shop {
  readonly agents: AgentContext[] = [];
  readonly visitors: { context: VisitorContext; id: string }[] = [];
  /** When a queueing was committed for certain. */
  readonly entered = new Map<string, number>();

  constructor(
    private readonly fixture: DeskFixture,
    readonly db: Database,
    readonly at: { merchantId: string; channelId: string },
  ) {}

  async addAgent(capacity: number, skills: string[]): Promise<void> {
    const agent = {
      ...(await this.fixture.agent(this.at.merchantId, "agent", `客服${this.agents.length}`)),
      db: this.db,
    };
    await rowsOf(
      this.db,
      sql`update memberships set capacity = ${capacity}, skills = ${sql.param(skills)}::text[] where id = ${agent.actor.agentId}`,
    );
    this.agents.push(agent);
  }

  /** Every actor's clock stands still during one act, so that its fact and its place in line have one time. */
  private still<C extends { now: () => Date }>(context: C): C {
    const now = new Date();
    return { ...context, now: () => now };
  }

  private async queueing(id: string, at: Date, work: () => Promise<unknown>): Promise<void> {
    await work();
    this.entered.set(`${id}:${at.getTime()}`, Date.now());
  }

  async arrive(random: () => number): Promise<void> {
    const context = this.still({ ...(await createVisitor(this.fixture, this.at)), db: this.db });
    const { id } = await openConversation(context);
    const priority = Math.floor(random() * 3);
    const skill = random() < 0.3 ? "refunds" : null;
    await rowsOf(this.db, sql`update conversations set priority = ${priority}, skill = ${skill} where id = ${id}`);
    await this.queueing(id, context.now(), () => askForAgent(context, id));
    this.visitors.push({ context, id });
  }

  async step(random: () => number): Promise<void> {
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
    const roll = random();
    const agent = pick(this.agents);
    const visitor = pick(this.visitors.slice(-40));
    if (!agent || !visitor || roll < 0.3) {
      await this.arrive(random);
      return;
    }
    const acting = this.still(agent);
    const { id } = visitor;
    if (roll < 0.5) {
      await resolveConversation(acting, id);
    } else if (roll < 0.62) {
      await setPresence(acting, pick(["online", "online", "away", "offline"] as const) ?? "online");
    } else if (roll < 0.72) {
      await claimConversation(acting, id);
    } else if (roll < 0.78) {
      await this.queueing(id, acting.now(), () => transferConversation(acting, id, { to: { kind: "queue" } }));
    } else if (roll < 0.84) {
      await handOver(acting, this.still(pick(this.agents) ?? agent), id);
    } else if (roll < 0.88) {
      await endByVisitor(this.still(visitor.context), id);
    } else if (roll < 0.92) {
      await leaveMessage(this.still(visitor.context), id, { clientId: newId("client"), text: "请回电", contact: "1" });
    } else if (roll < 0.96) {
      const parts = [{ type: "text" as const, text: "你好" }];
      await postReply(acting, id, { clientId: newId("client"), parts, visibility: "public" });
    } else {
      const admin = { ...acting, actor: { ...acting.actor, role: "admin" as const } };
      await this.raise(admin, agent.actor.agentId);
    }
  }

  private async raise(admin: AgentContext, id: string): Promise<void> {
    const [row] = await rowsOf<{ capacity: number }>(this.db, sql`select capacity from memberships where id = ${id}`);
    await updateAgent(admin, id, { capacity: Math.min(8, (row?.capacity ?? 1) + 1) });
  }
}

describe("the queue under eight people and two workers at once (R5, T10, T13–T15, T17, T18)", () => {
  let fixture: DeskFixture;
  let db: Database;
  let shop: Shop;
  let program: string;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    program = await bundleWorker();
    fixture = await createDeskFixture();
    db = bePatient(connect(fixture.url, WORKERS + 2));
    shop = new Shop(fixture, db, await fixture.merchant());
    await updateSettings(systemContext(fixture, shop.at.merchantId), shop.at.merchantId, routingSettings, {
      patch: { skills: "require", relaxAfterSeconds: 0, maximumQueue: 0, graceSeconds: 0 },
    });
    for (const [capacity, skills] of [
      [1, []],
      [2, ["refunds"]],
      [3, []],
      [5, ["refunds"]],
      [4, []],
      [2, []],
    ] as const) {
      await shop.addAgent(capacity, [...skills]);
    }
    workers.push(new WorkerProcess(program, fixture.url), new WorkerProcess(program, fixture.url));
  }, 180_000);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill("SIGTERM")));
    await db.$client.end();
    await fixture.end();
  });

  /** Nothing left to do for the dispatcher. A job whose worker was killed counts as tried when a newer one replaced it. */
  async function settled(): Promise<void> {
    await vi.waitUntil(
      async () => {
        const [left] = await rowsOf<{ jobs: number }>(
          db,
          sql`select count(*)::int as jobs from graphile_worker.jobs
              where task_identifier = 'routing.dispatch' and attempts < max_attempts`,
        );
        return left?.jobs === 0;
      },
      { timeout: 60_000, interval: 100 },
    );
  }

  async function everybody(seed: number, during: () => Promise<void>): Promise<number> {
    let acts = 0;
    const person = async (index: number) => {
      const random = randomOf(seed + index);
      for (let step = 0; step < STEPS_EACH; step += 1) {
        try {
          await shop.step(random);
          acts += 1;
        } catch (error) {
          // Refused is an answer: the other was first, there is no room, it has ended.
          if (!AppError.is(error)) {
            throw error;
          }
        }
        if (step % 50 === 0) {
          expect(await overloaded(db, shop.at.merchantId)).toEqual([]);
        }
      }
    };
    await Promise.all([...Array.from({ length: WORKERS }, (_, index) => person(index)), during()]);
    return acts;
  }

  async function holds(): Promise<void> {
    await settled();
    const { merchantId } = shop.at;
    expect(await overloaded(db, merchantId)).toEqual([]);
    expect(await twiceAssigned(db, merchantId)).toEqual([]);
    expect(await impossibleRows(db, merchantId)).toEqual([]);
    expect(await overtakings(db, merchantId, shop.entered)).toEqual([]);
    // The sweep that comes every ten seconds may just have taken somebody back: the dispatcher is on its way to them.
    const forNobody = () => waitingForNobody(systemContext(fixture, merchantId), merchantId);
    await expect.poll(forNobody, { timeout: 30_000, interval: 100 }).toEqual([]);
  }

  it("never two agents, never over capacity, nobody waits for a free agent who fits, nobody is overtaken", async () => {
    expect(await everybody(SEED, async () => undefined)).toBeGreaterThan(WORKERS * STEPS_EACH * 0.4);
    await holds();
  }, 120_000);

  it("and a kill -9 of a worker in the middle changes none of it (T33)", async () => {
    await everybody(SEED + 1_000, async () => {
      for (const round of [0, 1, 2]) {
        const before = shop.visitors.length;
        await vi.waitUntil(() => shop.visitors.length > before + 60, { timeout: 60_000, interval: 20 });
        await workers[round % 2]?.kill("SIGKILL");
        workers[round % 2] = new WorkerProcess(program, fixture.url);
      }
    });
    await holds();
  }, 180_000);
});
