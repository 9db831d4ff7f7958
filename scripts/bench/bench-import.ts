/**
 * `npm run bench -- import`: 10,000 rows from the upload to the last entry that is written, by the jobs of the production
 * server: read, compared with all that is there, shown, confirmed, written. Over real HTTP, as an administrator does it.
 */
import { eq } from "drizzle-orm";
import { memberships } from "@/db/schema/identity";
import { knowledgeImport } from "@/lib/knowledge/imports/schema";
import { createCast } from "./support/cast";
import { questionAt } from "./support/many-questions";
import { report } from "./support/report";
import { type Bench, startBench } from "./support/server";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 10_000);
const LIMIT_S = 60;
const LOOK_MS = 50;

const seconds = (from: number): number => Math.round((performance.now() - from) / 10) / 100;

/** A table as shops have it: an id, a question with two other wordings, an answer, a category, tags. */
function csvOf(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const question = questionAt(number);
    const variants = `${question}呀|请问${question}`;
    const answer = `第 ${number} 条：在「我的订单」里可以看到，或者问客服，七天内都可以办理，超过七天请带好凭证到店里来。`;
    return `n${number},${question},${variants},${answer},第${number % 40}类,标签${number % 7}`;
  });
  return `\uFEFFid,question,variants,answer,category,tags\n${lines.join("\n")}\n`;
}

class Importer {
  constructor(
    private readonly bench: Bench,
    private readonly cookie: string,
  ) {}

  private async call(path: string, init: RequestInit = {}) {
    const headers = { cookie: this.cookie, origin: this.bench.url, ...init.headers };
    const answer = await fetch(`${this.bench.url}/api/v1/knowledge/imports${path}`, { ...init, headers });
    if (!answer.ok) {
      throw new Error(`${answer.status} ${await answer.text()}`);
    }
    return knowledgeImport.parse(await answer.json());
  }

  private async until(id: string, status: string) {
    for (;;) {
      const state = await this.call(`/${id}`);
      if (state.status === status) {
        return state;
      }
      if (state.status === "failed" || state.status === "cancelled") {
        throw new Error(`the import is ${state.status}: ${state.problem}`);
      }
      await new Promise((look) => setTimeout(look, LOOK_MS));
    }
  }

  /** Uploads, waits for the preview, confirms, waits for the end. @returns seconds until each, and what became of the rows */
  async run(name: string, text: string) {
    const body = new FormData();
    body.append("file", new Blob([text]), name);
    const start = performance.now();
    const { id } = await this.call("/file?status=published", { method: "POST", body });
    await this.until(id, "ready");
    const preview = seconds(start);
    const confirmed = performance.now();
    await this.call(`/${id}/confirm`, {
      method: "POST",
      body: JSON.stringify({ duplicates: "import" }),
      headers: { "content-type": "application/json" },
    });
    const { outcomes } = await this.until(id, "done");
    return { preview, written: seconds(confirmed), outcomes };
  }
}

const bench = await startBench();
try {
  const { merchantId, agents } = await createCast(bench.db, { agents: 1, conversations: 0 });
  await bench.db.update(memberships).set({ role: "admin" }).where(eq(memberships.merchantId, merchantId));
  const importer = new Importer(bench, agents[0]?.cookie ?? "");
  const cases: [run: string, text: string][] = [
    ["into an empty knowledge base", csvOf(0, ROWS)],
    ["the same file again", csvOf(0, ROWS)],
    [`beside ${ROWS} entries`, csvOf(ROWS, ROWS)],
  ];
  const rows: Record<string, unknown>[] = [];
  for (const [run, text] of cases) {
    const { preview, written, outcomes } = await importer.run("many.csv", text);
    const total = Math.round((preview + written) * 10) / 10;
    const { created = 0, unchanged = 0 } = outcomes;
    rows.push({
      run: `${ROWS} rows, ${run}`,
      preview,
      written,
      total,
      limit: LIMIT_S,
      created,
      unchanged,
      rssMb: bench.rss(),
      within: total <= LIMIT_S ? "yes" : "MISS",
    });
  }
  report(process.argv[2], "import", rows);
} finally {
  await bench.stop();
}
