import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { JOB_NAMES } from "@/lib/events/routes";
import { catalogue } from "@/lib/i18n/catalogue";
import { switchMerchant } from "@/lib/identity/contracts";
import { isPermission } from "@/lib/identity/permissions";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { slugOf } from "@/lib/platform/openapi/reference";
import { apiDocument } from "./api-document";
import { JOBS, RECURRING } from "./jobs";
import { OPERATIONS } from "./operations";
import { PLAIN_PATHS } from "./plain-paths";

const root = path.resolve(import.meta.dirname, "../..");
const contracts = OPERATIONS.map((operation) => operation.contract);
const modules = import.meta.glob<Record<string, unknown>>("/lib/*/**/*operations.ts", { eager: true });

/** Operations by the name that route files import them under. */
const byExport = new Map(
  Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => name.endsWith("Operation"))
    .map(([name, value]) => [name, value as AnyOperation]),
);

/** Paths of earlier systems that do not begin with /api. */
const EARLIER_PATHS = "status,clear,get_conversation,reset_conversation,webhook";

/** Every method that some file under app/api answers: "GET /api/v1/conversations" → the operation bound to it. */
const routes = new Map<string, string | undefined>(
  globSync(["app/api/**/route.ts", `app/{${EARLIER_PATHS}}/route.ts`], { cwd: root }).flatMap((file) => {
    const address = `/${path.posix.dirname(file.split(path.sep).join("/")).slice("app/".length)}`.replace(
      /\[(\w+)\]/g,
      "{$1}",
    );
    const text = readFileSync(path.join(root, file), "utf8");
    const methods = text.matchAll(
      /\b(?:as |const |function )(GET|POST|PUT|PATCH|DELETE)\b(?: = defineRoute\((\w+)\))?/g,
    );
    return [...methods].map(([, method, operation]) => [`${method} ${address}`, operation] as const);
  }),
);

/** Routes that describe or serve the machinery itself. */
const UNDOCUMENTED = new Set(["GET /api/openapi.json", "GET /api/cron/jobs"]);

describe("the API's operations", () => {
  it.each(contracts)("$method $path is answered by its own route file", (contract) => {
    const bound = routes.get(`${contract.method} ${contract.path}`);
    expect(bound, "route file").toBeDefined();
    expect(byExport.get(bound ?? "")?.contract).toBe(contract);
  });

  it("are all in the list, whatever module they stand in", () => {
    expect(new Set(OPERATIONS)).toEqual(new Set(byExport.values()));
  });

  it("leave no route without a contract or a description by hand", () => {
    const known = new Set([
      ...contracts.map(({ method, path: address }) => `${method} ${address}`),
      `${switchMerchant.method} ${switchMerchant.path}`,
      ...Object.entries(PLAIN_PATHS).flatMap(([address, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${address}`),
      ),
      ...UNDOCUMENTED,
    ]);
    expect([...routes.keys()].filter((route) => !known.has(route) && !route.includes("[...nextauth]"))).toEqual([]);
    expect([...known].filter((route) => !routes.has(route))).toEqual([]);
  });

  it("have names of their own, somebody who may call them, and permissions that exist", () => {
    expect(new Set(contracts.map(({ name }) => name)).size).toBe(contracts.length);
    expect(contracts.filter(({ audience }) => audience.length === 0)).toEqual([]);
    expect(contracts.filter(({ permission }) => permission !== undefined && !isPermission(permission))).toEqual([]);
  });

  it("ask agents and keys for a permission, unless they are about the caller alone", () => {
    const open = contracts.filter(({ audience, permission }) => !permission && !audience.includes("public"));
    const forMembers = open.filter(({ audience }) => audience.includes("agent") || audience.includes("key"));
    expect(forMembers.map(({ path: address }) => address).filter((each) => !each.startsWith("/api/v1/me"))).toEqual([]);
  });
});

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Record<string, unknown>;
  readonly security: Record<string, unknown>[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string }[];
}

describe("the OpenAPI document", () => {
  const document = JSON.parse(JSON.stringify(apiDocument())) as {
    openapi: string;
    paths: Record<string, Record<string, Described>>;
    components: Record<string, Record<string, unknown>>;
  };
  const described = Object.entries(document.paths).flatMap(([address, item]) =>
    Object.values(item).map((operation) => ({ address, operation })),
  );

  it("is what public/openapi.json holds (npm run openapi after a change)", () => {
    expect(JSON.parse(readFileSync(path.join(root, "public/openapi.json"), "utf8"))).toEqual(document);
  });

  it("describes every operation once, with a success and the failures it can have", () => {
    const ids = described.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(contracts.map(({ name }) => name)));
    for (const { operation } of described) {
      expect(Object.keys(operation.responses).join(), operation.operationId).toMatch(/\b20[01]\b.*\b503\b/);
    }
  });

  it("has a Chinese and an English summary for every operation, the English one as the contract says it", () => {
    const own = Object.fromEntries(described.map(({ operation }) => [operation.operationId, operation.summary]));
    expect(catalogue.en["api-operations"]).toEqual(own);
    expect(Object.keys(catalogue["zh-CN"]["api-operations"]).sort()).toEqual(Object.keys(own).sort());
    const slugs = new Set(described.flatMap(({ operation }) => operation.tags.map(slugOf)));
    expect(new Set(Object.keys(catalogue["zh-CN"]["api-tags"]))).toEqual(slugs);
  });

  it("refers only to parts that it has", () => {
    const parts = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter(([, kind, name]) => !document.components[kind ?? ""]?.[name ?? ""])).toEqual([]);
    const schemes = described.flatMap(({ operation }) => operation.security.flatMap((way) => Object.keys(way)));
    expect(schemes.filter((name) => !document.components["securitySchemes"]?.[name])).toEqual([]);
  });

  it("declares every parameter of a path, and no other", () => {
    for (const { address, operation } of described) {
      const declared = (operation.parameters ?? []).filter((each) => each.in === "path").map(({ name }) => name);
      const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(declared.sort(), `${operation.operationId} ${address}`).toEqual(named.sort());
    }
  });
});

describe("jobs", () => {
  it("have one handler for every name that facts and schedules use", () => {
    expect(JOBS.map(({ name }) => name).sort()).toEqual([...JOB_NAMES].sort());
    expect(RECURRING.map(({ task }) => task).filter((task) => !JOB_NAMES.includes(task))).toEqual([]);
  });
});
