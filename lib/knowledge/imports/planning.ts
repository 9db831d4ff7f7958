import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { sharedNames } from "../reference-repository";
import { knownId, selectByExternalIds } from "../repository";
import { ANSWER_MAX } from "../schema";
import { headingPath } from "./chunks";
import type { ReadDocument } from "./document-reading";
import { changes, contentFrom, externalIdOf, type ImportItem } from "./entries-service";
import { withReferences } from "./references";
import { changeItems, documentEntries, insertItems, type NewItem, type StoredImport } from "./repository";
import { SameQuestions } from "./same-question";
import type { ImportRecord } from "./table-rows";

/** Rows that are looked up and stored together. */
export const PLAN_BATCH = 500;

type Planned = Omit<NewItem, "importId" | "position">;

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Sections as entries; a second section under the same headings says that it is one. */
function itemsOf(key: string, address: string | undefined, document: ReadDocument): ImportItem[] {
  const times = new Map<string, number>();
  return document.chunks.map(({ path, text, page }, position) => {
    const way = headingPath(path, 290);
    const time = (times.get(way) ?? 0) + 1;
    times.set(way, time);
    return {
      question: time > 1 ? `${way} (${time})` : way,
      answer: text.slice(0, ANSWER_MAX),
      language: document.language.slice(0, 10),
      kind: "document" as const,
      document: key,
      source: { address, page, position },
    };
  });
}

const refused = (reason: string, field = "") => ({ plan: "refused", outcome: "refused", reason, field }) as const;

/** Why something cannot be done, as a key of the namespace `errors`; undefined when it can. */
function problemOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (AppError.is(error)) {
      return error.reason;
    }
    throw error;
  }
}

/** Turns what is read into rows that say what they would do, and stores them as they come. */
export class ImportPlanner {
  private position = 0;
  /** Place of the last row under an id: of two with one id the last counts. */
  private readonly places = new Map<string, number>();
  /** Ids of rows that are planned, stored or not. */
  private readonly seen = new Set<string>();
  private waiting: ImportRecord[] = [];

  private constructor(
    private readonly context: Context,
    private readonly row: StoredImport,
    private readonly same: SameQuestions,
    /** Collections that whoever began the import may not write to. */
    private readonly closed: ReadonlySet<string>,
  ) {}

  static async of(context: Context, row: StoredImport): Promise<ImportPlanner> {
    const closed =
      row.options.mayShare === false ? await sharedNames(context.db, merchantOf(context)) : new Set<string>();
    return new ImportPlanner(context, row, await SameQuestions.of(context), closed);
  }

  get count(): number {
    return this.position + this.waiting.length;
  }

  /** A row of a table. @returns true when rows were stored */
  async add(record: ImportRecord): Promise<boolean> {
    this.waiting.push(record);
    if (this.waiting.length < PLAN_BATCH) {
      return false;
    }
    await this.flush();
    return true;
  }

  /** Stores what waits. */
  async flush(): Promise<void> {
    const records = await withReferences(this.context, this.waiting);
    this.waiting = [];
    const planned: Planned[] = [];
    const known = await this.knownAmong(records);
    this.same.refresh();
    for (const record of records) {
      planned.push(await this.planOf(record, known));
    }
    await this.store(planned);
  }

  /** The sections of a document against those that are there: what is gone is put away. */
  async addDocument(key: string, address: string | undefined, document: ReadDocument): Promise<void> {
    const collection = this.row.collection ?? "";
    const there = await documentEntries(this.context.db, merchantOf(this.context), key, collection);
    const items = itemsOf(key, address, document);
    const free = new Set(there);
    const take = (fits: (row: (typeof there)[number]) => boolean) => {
      const found = [...free].find(fits);
      if (found) {
        free.delete(found);
      }
      return found;
    };
    // What is the same is found first, then what was reworded, then what moved under another heading.
    const matched = new Map<ImportItem, (typeof there)[number] | undefined>();
    const passes: ((item: ImportItem) => (row: (typeof there)[number]) => boolean)[] = [
      (item) => (row) => row.question === item.question && row.answer === item.answer,
      (item) => (row) => row.question === item.question,
      (item) => (row) => row.answer === item.answer,
    ];
    for (const pass of passes) {
      for (const item of items.filter((each) => !matched.has(each))) {
        const found = take(pass(item));
        if (found) {
          matched.set(item, found);
        }
      }
    }
    const ids = new Set(there.map((row) => row.externalId));
    const planned = items.map((item) => this.planOfSection(item, matched.get(item), ids));
    const gone = [...free].filter((row) => row.status !== "archived");
    await this.store([
      ...planned,
      ...gone.map(
        (row): Planned => ({
          plan: "archive",
          place: key,
          collection,
          question: row.question,
          externalId: row.externalId,
          entryId: row.id,
        }),
      ),
    ]);
  }

  private planOfSection(
    item: ImportItem,
    before: { id: string; externalId: string; question: string; answer: string; status: string } | undefined,
    ids: Set<string>,
  ): Planned {
    const { row } = this;
    const shared = { place: item.document ?? "", row: item.source?.page ?? null, collection: row.collection ?? "" };
    if (before) {
      const back = before.status === "archived" ? { status: row.options.status } : {};
      const same = before.status !== "archived" && before.question === item.question && before.answer === item.answer;
      return {
        ...shared,
        plan: same ? "unchanged" : "update",
        outcome: same ? "unchanged" : null,
        question: item.question,
        externalId: before.externalId,
        entryId: before.id,
        content: { ...item, ...back, externalId: before.externalId },
      };
    }
    const stem = `document:${shortHash(item.document ?? "")}:${shortHash(item.question)}`;
    let externalId = stem;
    for (let copy = 2; ids.has(externalId); copy += 1) {
      externalId = `${stem}:${copy}`;
    }
    ids.add(externalId);
    const heading = item.question.split(" › ").at(-1) ?? "";
    const variants = heading !== item.question && heading.length > 1 ? [heading] : [];
    const content = { ...item, variants, status: row.options.status, externalId };
    return { ...shared, plan: "create", question: item.question, externalId, content };
  }

  /** Entries that rows would change, by collection and id. */
  private async knownAmong(records: readonly ImportRecord[]) {
    const byCollection = new Map<string, string[]>();
    for (const { item } of records) {
      if (item) {
        const collection = this.collectionOf(item);
        byCollection.set(collection, [...(byCollection.get(collection) ?? []), externalIdOf(item)]);
      }
    }
    const known = new Map<string, Awaited<ReturnType<typeof selectByExternalIds>>[number]>();
    for (const [collection, ids] of byCollection) {
      for (const row of await selectByExternalIds(this.context.db, merchantOf(this.context), collection, ids)) {
        known.set(`${collection}\n${knownId(row, new Set(ids))}`, row);
      }
    }
    return known;
  }

  private collectionOf(item: ImportItem): string {
    return (this.row.collection ?? item.collection ?? "").trim();
  }

  private async planOf(
    { row, place = "", item, error }: ImportRecord,
    known: Awaited<ReturnType<ImportPlanner["knownAmong"]>>,
  ): Promise<Planned> {
    const shared = { row: row ?? null, place };
    if (!item) {
      const { reason = "import_bad_value", field = "", question = "" } = error ?? {};
      return { ...shared, ...refused(reason, field), question };
    }
    const collection = this.collectionOf(item);
    const externalId = externalIdOf(item);
    const before = known.get(`${collection}\n${externalId}`);
    const base = { ...shared, collection, externalId, question: item.question };
    if (this.closed.has(collection)) {
      return { ...base, ...refused("shared_collection_admins_only", "collection") };
    }
    if (before) {
      const reason = problemOf(() => contentFrom({ ...item, collection }, before.collection, before));
      if (reason) {
        return { ...base, ...refused(reason) };
      }
      const changed = changes({ ...item, collection }, before);
      const outcome = changed ? null : ("unchanged" as const);
      return {
        ...base,
        plan: changed ? "update" : "unchanged",
        outcome,
        entryId: before.id,
        content: { ...item, externalId },
      };
    }
    const content = { status: this.row.options.status, ...item, externalId };
    const key = `${collection}\n${externalId}`;
    const same = this.seen.has(key) ? undefined : await this.same.find(item.question);
    this.seen.add(key);
    return same
      ? {
          ...base,
          plan: "duplicate",
          content,
          entryId: same.entryId,
          matchedQuestion: same.question,
          confidence: same.confidence,
        }
      : { ...base, plan: "create", content };
  }

  private async store(planned: readonly Planned[]): Promise<void> {
    const items: NewItem[] = [];
    const replaced: number[] = [];
    for (const each of planned) {
      const position = this.position;
      this.position += 1;
      if (each.externalId) {
        const key = `${each.collection}\n${each.externalId}`;
        const earlier = this.places.get(key);
        if (earlier !== undefined) {
          replaced.push(earlier);
        }
        this.places.set(key, position);
      }
      items.push({ ...each, importId: this.row.id, position });
    }
    await insertItems(this.context.db, items);
    await changeItems(this.context.db, this.row.id, replaced, { plan: "repeated", outcome: "skipped" });
  }
}
