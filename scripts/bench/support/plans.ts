import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, QueryResult } from "pg";
import type { Database } from "@/db/client";

interface Statement {
  readonly query: string;
  readonly params: readonly unknown[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

export interface ExplainedStatement {
  readonly query: string;
  /** The plan as Postgres words it, with times and buffers. */
  readonly text: string;
  readonly indexes: readonly string[];
  /** Tables that were read from end to end. */
  readonly scanned: readonly string[];
}

/** A database that remembers what was asked of it, so that exactly the product's own statements can be explained. */
export class RecordingDatabase {
  readonly db: Database;
  private statements: Statement[] = [];

  constructor(private readonly pool: Pool) {
    const logQuery = (query: string, params: unknown[]) => {
      this.statements.push({ query, params });
    };
    this.db = drizzle(pool, { logger: { logQuery } });
  }

  /**
   * Runs the work and explains the statements it made, each in a transaction that is rolled back. Statements that only
   * call a function are left out: Postgres shows no plan of what is inside.
   *
   * @param restore brings back what the work changed, so that its statements find again what they found
   */
  async explain(work: () => Promise<unknown>, restore: () => Promise<unknown>): Promise<ExplainedStatement[]> {
    await restore();
    this.statements = [];
    await work();
    const made = this.statements.filter(
      ({ query }) => /^\s*(with|select|update|delete)\b/i.test(query) && !/append_message|add_job|advisory/.test(query),
    );
    await restore();
    this.statements = [];
    const explained: ExplainedStatement[] = [];
    for (const statement of made) {
      explained.push(await this.explainOne(statement));
    }
    return explained;
  }

  private async explainOne({ query, params }: Statement): Promise<ExplainedStatement> {
    const client = await this.pool.connect();
    const rolledBack = async (options: string): Promise<QueryResult> => {
      await client.query("begin");
      try {
        return await client.query(`explain (${options}) ${query}`, [...params]);
      } finally {
        await client.query("rollback");
      }
    };
    try {
      const asText = await rolledBack("analyze, buffers");
      const asJson = await rolledBack("format json");
      const [{ Plan: root }] = asJson.rows[0]["QUERY PLAN"] as [{ Plan: PlanNode }];
      const nodes = flatten(root);
      return {
        query: query.replace(/\s+/g, " ").trim(),
        text: asText.rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n"),
        indexes: [...new Set(nodes.flatMap((node) => node["Index Name"] ?? []))],
        scanned: nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [])),
      };
    } finally {
      client.release();
    }
  }
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
