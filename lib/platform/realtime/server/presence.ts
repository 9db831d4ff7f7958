import type { Connection } from "./connection";

/** A person in a presence channel; `infoJson` is the `user_info` as JSON text, kept unparsed. */
export interface PresenceMember {
  readonly userId: string;
  readonly infoJson: string | undefined;
}

interface Entry {
  readonly infoJson: string | undefined;
  sockets: number;
}

/** Who is in one presence channel. A person with several sockets is one member (protocols/07, section 7.5). */
export class PresenceRoster {
  readonly #entries = new Map<string, Entry>();
  readonly #userOf = new Map<Connection, string>();

  get size(): number {
    return this.#entries.size;
  }

  has(userId: string): boolean {
    return this.#entries.has(userId);
  }

  userIds(): string[] {
    return [...this.#entries.keys()];
  }

  /** The member a socket stands for. */
  userIdOf(connection: Connection): string | undefined {
    return this.#userOf.get(connection);
  }

  /** @returns true when this is the person's first socket here */
  add(connection: Connection, member: PresenceMember): boolean {
    this.#userOf.set(connection, member.userId);
    const entry = this.#entries.get(member.userId);
    if (entry) {
      entry.sockets += 1;
      return false;
    }
    this.#entries.set(member.userId, { infoJson: member.infoJson, sockets: 1 });
    return true;
  }

  /** @returns the user id when it was the person's last socket here */
  remove(connection: Connection): string | undefined {
    const userId = this.#userOf.get(connection);
    const entry = userId === undefined ? undefined : this.#entries.get(userId);
    if (userId === undefined || !entry) {
      return undefined;
    }
    this.#userOf.delete(connection);
    entry.sockets -= 1;
    if (entry.sockets > 0) {
      return undefined;
    }
    this.#entries.delete(userId);
    return userId;
  }

  /** The roster as `subscription_succeeded` carries it. Built as text: a user id may be `__proto__`. */
  snapshot(): string {
    const hash = [...this.#entries].map(([userId, entry]) => `${JSON.stringify(userId)}:${entry.infoJson ?? "null"}`);
    return `{"presence":{"ids":${JSON.stringify(this.userIds())},"hash":{${hash.join(",")}},"count":${this.size}}}`;
  }
}

/** Data of `member_added`. */
export function memberAddedData(member: PresenceMember): string {
  const info = member.infoJson === undefined ? "" : `,"user_info":${member.infoJson}`;
  return `{"user_id":${JSON.stringify(member.userId)}${info}}`;
}

/** Data of `member_removed`. */
export function memberRemovedData(userId: string): string {
  return `{"user_id":${JSON.stringify(userId)}}`;
}
