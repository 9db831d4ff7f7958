import { LRUCache } from "lru-cache";
import type { Database } from "@/db/client";
import { EntryIndex, EntryIndexBuilder } from "./entry-index";
import { changesSince, merchantsInUse, publishedAmong, publishedPages, startMark } from "./index-source";
import { modelOfMark, serviceOf } from "./vector-model";
import { WordingVectors } from "./wording-vectors";

/** Entries up to which a change makes the whole index anew, a few milliseconds each hundred. */
const SMALL = 500;
/** Changes that stand beside a large index before it is made anew. */
const CHANGES_MAX = 2_000;
/** Quiet time after which a changed large index is made anew in the background, in milliseconds. */
const QUIET_MS = 2_000;
/** Changes older than a day are forgotten, so an index that was not asked for so long is read anew. Milliseconds. */
const UNWATCHED_MAX_MS = 12 * 3_600_000;
/** Entries of all merchants in the memory of one process. */
const ENTRIES_MAX = 300_000;

/** The index of one merchant, or of one of its collections, with what is known of the database it was made from. */
class WatchedIndex {
  private index: EntryIndex | null = null;
  private mark = "0";
  /** Changes from the mark on that are in the index already. */
  private seen = new Set<string>();
  private changed = new Set<string>();
  private checkedAt = 0;
  private working: Promise<EntryIndex> | null = null;
  /** Mark of the model whose vectors the index has, and of one that it is being made anew for. */
  private model: string | null = null;
  private comingModel: string | null = null;
  private rebuilding: NodeJS.Timeout | null = null;

  constructor(
    private readonly merchantId: string,
    private readonly collectionId: string | undefined,
  ) {}

  get size(): number {
    return this.index?.size ?? 0;
  }

  /** The index as the database is now. Requests that come while it is brought up to date wait for the same work. */
  async current(db: Database): Promise<EntryIndex> {
    const before = this.working;
    if (before) {
      await before.catch(() => undefined);
    }
    this.working ??= this.bring(db).finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async bring(db: Database): Promise<EntryIndex> {
    if (!this.index || Date.now() - this.checkedAt > UNWATCHED_MAX_MS) {
      return this.make(db);
    }
    const { mark, model, changes } = await changesSince(db, this.merchantId, this.mark);
    if (model !== this.model && (await this.takeModel(db, this.index, model))) {
      return this.make(db);
    }
    this.checkedAt = Date.now();
    this.mark = mark;
    const fresh = changes.filter(({ change }) => !this.seen.has(change));
    this.seen = new Set(changes.map(({ change }) => change));
    if (fresh.length === 0) {
      return this.index;
    }
    for (const { entryId } of fresh) {
      this.changed.add(entryId);
    }
    if (this.index.size <= SMALL || this.changed.size > CHANGES_MAX) {
      return this.make(db);
    }
    const entries = await publishedAmong(db, this.merchantId, [...this.changed], this.collectionId);
    const vectors = new WordingVectors(db, this.merchantId, this.index.model);
    await this.index.replaceChanged(this.changed, entries, await vectors.of(entries));
    await vectors.order();
    this.rebuildLater(db, QUIET_MS);
    return this.index;
  }

  private async make(db: Database): Promise<EntryIndex> {
    const { mark, model: modelMark } = await startMark(db, this.merchantId);
    const model = await modelOfMark(db, this.merchantId, modelMark);
    const builder = new EntryIndexBuilder();
    const vectors = new WordingVectors(db, this.merchantId, model);
    for await (const page of publishedPages(db, this.merchantId, this.collectionId)) {
      await builder.add(page, await vectors.of(page));
    }
    await vectors.order();
    this.index = new EntryIndex(await builder.build(true, model?.spread), model);
    this.model = modelMark;
    this.mark = mark;
    this.seen = new Set();
    this.changed = new Set();
    this.checkedAt = Date.now();
    return this.index;
  }

  /**
   * Follows a change of the model. Of the same service it is another key, say: the vectors stay. Another service's vectors
   * want another index; a large one is made in the background, and the old one answers with its own model meanwhile, or
   * by words alone where nobody is to be asked any more.
   *
   * @returns true when the index is to be made anew at once
   */
  private async takeModel(db: Database, index: EntryIndex, mark: string | null): Promise<boolean> {
    if (serviceOf(mark) === serviceOf(this.model)) {
      index.model = await modelOfMark(db, this.merchantId, mark);
      this.model = mark;
      return false;
    }
    if (index.size <= SMALL) {
      return true;
    }
    if (mark === null) {
      index.model = undefined;
    }
    if (this.comingModel !== mark || this.rebuilding === null) {
      this.comingModel = mark;
      this.rebuildLater(db, 0);
    }
    return false;
  }

  /** The old index answers meanwhile; what changes while the new one is made is found by its older mark. */
  private rebuildLater(db: Database, afterMs: number): void {
    clearTimeout(this.rebuilding ?? undefined);
    this.rebuilding = setTimeout(() => {
      this.make(db)
        .catch(() => {
          // The database went away: the next search reads from it again, or tells.
          this.index = null;
        })
        .finally(() => {
          this.rebuilding = null;
        });
    }, afterMs);
    this.rebuilding.unref();
  }
}

const SLOT = Symbol.for("yingda.knowledge-index");
type Holder = { [SLOT]?: LRUCache<string, WatchedIndex> };

/** On globalThis: routes, jobs and the server's own bundle are separate module graphs of one process. */
function watched(): LRUCache<string, WatchedIndex> {
  const holder = globalThis as Holder;
  holder[SLOT] ??= new LRUCache<string, WatchedIndex>({ max: 1_000 });
  return holder[SLOT];
}

/** Drops the indexes asked for least recently while all together are too large. */
function bound(all: LRUCache<string, WatchedIndex>): void {
  let entries = 0;
  for (const index of all.values()) {
    entries += index.size;
  }
  while (entries > ENTRIES_MAX && all.size > 1) {
    entries -= all.pop()?.size ?? 0;
  }
}

/**
 * The index of a merchant's published entries, as the database is at this moment: every call asks for changes by one
 * indexed statement, so that what was published in one process is found at the next search in all of them. A collection that is searched alone has an index of its own, learned from its
 * own wordings.
 */
export async function indexOf(db: Database, merchantId: string, collectionId?: string): Promise<EntryIndex> {
  const all = watched();
  const key = collectionId ?? merchantId;
  let index = all.get(key);
  if (!index) {
    index = new WatchedIndex(merchantId, collectionId);
    all.set(key, index);
  }
  const current = await index.current(db);
  bound(all);
  return current;
}

/**
 * Makes the indexes of merchants that are in use, one after the other, so that nobody's first question waits for it; the
 * merchants with the latest conversations first, as many as the memory holds. Called when a server has started.
 */
export async function warmIndexes(db: Database): Promise<void> {
  let entries = 0;
  for (const { merchantId, published } of await merchantsInUse(db)) {
    entries += published;
    if (entries > ENTRIES_MAX) {
      return;
    }
    await indexOf(db, merchantId);
  }
}
