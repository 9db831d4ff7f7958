import { randomBytes } from "node:crypto";

const LIFE_SECONDS = 7_200;
/** How long the old token is taken beside the new one, and how long before its end the stable one is replaced. */
const OVERLAP_SECONDS = 300;
/** How far apart forced refreshes have to be, and how many a day there may be. */
const FORCE_APART_SECONDS = 30;
const FORCES_A_DAY = 20;

export interface GivenToken {
  readonly access_token: string;
  readonly expires_in: number;
}

/**
 * Access tokens by the platform's rules (fact sheet 1.7): the plain ones, new at every call, and the stable one, the same
 * until little of it is left. Neither kind touches the other.
 */
export class TokenLedger {
  /** All that were given out, the last one last. */
  readonly given: string[] = [];
  readonly #ends = new Map<string, number>();
  #plain: string | undefined;
  #stable: string | undefined;
  #forced: number[] = [];

  constructor(private readonly now: () => number) {}

  /** A new token; the one before is taken for five minutes more. */
  plain(): GivenToken {
    const before = this.#plain;
    if (before !== undefined) {
      this.#endBy(before, OVERLAP_SECONDS);
    }
    this.#plain = this.#make();
    return { access_token: this.#plain, expires_in: LIFE_SECONDS };
  }

  /** @param force ends the one there is and makes another; not done when that was asked for too soon or too often */
  stable(force: boolean): GivenToken {
    const held = this.#stable;
    const isForced = force && held !== undefined && this.#mayForce();
    if (isForced) {
      this.#ends.delete(held);
    }
    const left = isForced ? 0 : this.#left(held);
    this.#stable = held !== undefined && left >= OVERLAP_SECONDS ? held : this.#make();
    return { access_token: this.#stable, expires_in: Math.floor(this.#left(this.#stable)) };
  }

  /** @returns the errcode of a call with this token: 0, 41001 (none), 40001 (not one of ours) or 42001 (over) */
  fault(token: string | null): number {
    if (!token) {
      return 41001;
    }
    const end = this.#ends.get(token);
    return end === undefined ? 40001 : end > this.now() ? 0 : 42001;
  }

  /** From now on no token that was given out counts. */
  revoke(): void {
    this.#ends.clear();
    this.#plain = undefined;
    this.#stable = undefined;
  }

  #make(): string {
    const token = `stub_${randomBytes(24).toString("hex")}`;
    this.given.push(token);
    this.#ends.set(token, this.now() + LIFE_SECONDS * 1_000);
    return token;
  }

  #left(token: string | undefined): number {
    return Math.max(0, ((this.#ends.get(token ?? "") ?? 0) - this.now()) / 1_000);
  }

  #endBy(token: string, seconds: number): void {
    const end = this.#ends.get(token);
    if (end !== undefined) {
      this.#ends.set(token, Math.min(end, this.now() + seconds * 1_000));
    }
  }

  #mayForce(): boolean {
    const now = this.now();
    this.#forced = this.#forced.filter((at) => now - at < 86_400_000);
    const isSoon = now - (this.#forced.at(-1) ?? Number.NEGATIVE_INFINITY) < FORCE_APART_SECONDS * 1_000;
    if (isSoon || this.#forced.length >= FORCES_A_DAY) {
      return false;
    }
    this.#forced.push(now);
    return true;
  }
}
