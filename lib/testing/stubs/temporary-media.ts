import { randomBytes } from "node:crypto";

/** How long WeChat and WeCom keep temporary media: three days (fact sheets 1.8, 2.9). */
const KEPT_MS = 3 * 86_400_000;

/** Files on a platform's side, each gone after three days by the platform's clock. */
export class TemporaryMedia<File> {
  readonly #files = new Map<string, { readonly file: File; readonly until: number }>();

  constructor(private readonly now: () => number) {}

  /** @param prefix of its id: who put it there. @returns its id */
  add(prefix: "in" | "up", file: File): string {
    const id = `${prefix}_${randomBytes(12).toString("hex")}`;
    this.#files.set(id, { file, until: this.now() + KEPT_MS });
    return id;
  }

  /** @returns undefined for one that never was there, or is there no more */
  get(id: string): File | undefined {
    const found = this.#files.get(id);
    return found && found.until > this.now() ? found.file : undefined;
  }
}
