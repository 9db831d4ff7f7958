import { randomBytes } from "node:crypto";

const LIFE_SECONDS = 7_200;

/** Access tokens of an app in WeCom (fact sheet 2.2): the same as long as it is good, with what is left of it. */
export class CorpTokens {
  /** All that were given out, the last one last. */
  readonly given: string[] = [];
  readonly #ends = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  give(): { readonly access_token: string; readonly expires_in: number } {
    const held = this.given.at(-1) ?? "";
    const left = Math.floor(((this.#ends.get(held) ?? 0) - this.now()) / 1_000);
    if (left > 0) {
      return { access_token: held, expires_in: left };
    }
    const token = `stub_${randomBytes(24).toString("hex")}`;
    this.given.push(token);
    this.#ends.set(token, this.now() + LIFE_SECONDS * 1_000);
    return { access_token: token, expires_in: LIFE_SECONDS };
  }

  /** @returns the errcode of a call with this token: 0, 41001 (none), 40014 (not one of ours) or 42001 (over) */
  fault(token: string | null): number {
    if (!token) {
      return 41001;
    }
    const end = this.#ends.get(token);
    return end === undefined ? 40014 : end > this.now() ? 0 : 42001;
  }

  /** From now on no token that was given out counts. */
  revoke(): void {
    this.#ends.clear();
  }
}
