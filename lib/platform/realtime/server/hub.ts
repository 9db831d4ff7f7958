import { CacheChannels, type CachedEvent } from "./cache-channels";
import { Channel } from "./channel";
import { isCacheChannel } from "./channel-name";
import { CLOSE_CODE } from "./close-code";
import type { Connection, SignedInUser } from "./connection";
import { channelFrame, errorFrame, type Frame, publishedFrames } from "./frame";
import { memberAddedData, memberRemovedData, type PresenceMember } from "./presence";
import { type HubEvent, HubHooks, type HubListener } from "./webhooks";

export interface RealtimeHubOptions {
  readonly graceMilliseconds: number;
  readonly presenceMembers: number;
  /** Told of a listener that threw. */
  readonly onError: (error: unknown) => void;
}

/** What may be asked about a channel. */
export interface ChannelInfo {
  readonly occupied: boolean;
  readonly subscriptionCount: number;
  /** Distinct users; undefined for channels without presence. */
  readonly userCount: number | undefined;
  readonly cache: (CachedEvent & { readonly secondsLeft: number }) | undefined;
}

export interface RealtimeStats {
  readonly connections: number;
  readonly channels: number;
  /** Sockets cut since the start because they read too slowly. */
  readonly droppedSlowReaders: number;
}

/**
 * The channels of this process: who listens where, and delivery to them.
 *
 * Everything is synchronous and in memory; nothing of it is needed after a restart, because clients subscribe again
 * and fetch what they missed by sequence number (architecture.md section 6).
 */
export class RealtimeHub {
  readonly #connections = new Map<string, Connection>();
  readonly #channels = new Map<string, Channel>();
  readonly #users = new Map<string, Set<Connection>>();
  readonly #cache = new CacheChannels();
  readonly #hooks: HubHooks;
  #droppedSlowReaders = 0;

  constructor(private readonly options: RealtimeHubOptions) {
    this.#hooks = new HubHooks(options.graceMilliseconds, options.onError);
  }

  /**
   * Sends an event to everybody on `channels`. The hot path: one frame is encoded per channel, whatever the audience.
   *
   * @param data already a JSON string, forwarded untouched
   * @param exceptSocketId the socket that caused the event and knows of it already
   */
  publish(channels: readonly string[], event: string, data: string, exceptSocketId?: string): void {
    const frameFor = publishedFrames(event, data);
    for (const name of channels) {
      if (isCacheChannel(name)) {
        this.#cache.remember(name, { event, data });
      }
      this.#channels.get(name)?.broadcast(frameFor(name), exceptSocketId);
    }
  }

  /** Sends ready bytes to a channel, without caching them: client events. */
  relay(channel: string, frame: Frame, exceptSocketId: string): void {
    this.#channels.get(channel)?.broadcast(frame, exceptSocketId);
  }

  /** Closes every socket signed in as `userId` with 4009, so that the client does not come back by itself. */
  terminateUser(userId: string): void {
    const reason = "You got disconnected by the app.";
    for (const connection of [...(this.#users.get(userId) ?? [])]) {
      connection.send(errorFrame(CLOSE_CODE.unauthorized, reason));
      connection.close(CLOSE_CODE.unauthorized, reason);
      this.remove(connection);
    }
  }

  channelInfo(name: string): ChannelInfo {
    const channel = this.#channels.get(name);
    const cached = this.#cache.recall(name);
    return {
      occupied: channel !== undefined,
      subscriptionCount: channel?.connections.size ?? 0,
      userCount: channel ? channel.roster?.size : undefined,
      cache: cached && { ...cached, secondsLeft: this.#cache.secondsLeft(name) },
    };
  }

  /** Names of the channels somebody is subscribed to. @param prefix "" for all */
  channelNames(prefix: string): string[] {
    return [...this.#channels.keys()].filter((name) => name.startsWith(prefix));
  }

  /** User ids present in a presence channel, in the order they came; none for other channels. */
  presenceUsers(channel: string): string[] {
    return this.#channels.get(channel)?.roster?.userIds() ?? [];
  }

  stats(): RealtimeStats {
    return {
      connections: this.#connections.size,
      channels: this.#channels.size,
      droppedSlowReaders: this.#droppedSlowReaders,
    };
  }

  /**
   * Listens to what hosted Pusher would send as webhooks. `channel_vacated` and `member_removed` come after the grace,
   * and not at all when the client returned within it.
   *
   * @returns a function that stops listening
   */
  on<Event extends HubEvent>(event: Event, listener: HubListener<Event>): () => void {
    return this.#hooks.on(event, listener);
  }

  /** For the protocol handlers: tells listeners of something at once. */
  get hooks(): Pick<HubHooks, "emit"> {
    return this.#hooks;
  }

  connections(): IterableIterator<Connection> {
    return this.#connections.values();
  }

  connectionCount(): number {
    return this.#connections.size;
  }

  hasSocket(socketId: string): boolean {
    return this.#connections.has(socketId);
  }

  add(connection: Connection): void {
    this.#connections.set(connection.socketId, connection);
  }

  /** Forgets a socket everywhere, at once and only once, however it went. */
  remove(connection: Connection): void {
    if (!this.#connections.delete(connection.socketId)) {
      return;
    }
    for (const name of [...connection.channels]) {
      this.leave(connection, name);
    }
    this.#forgetUser(connection);
  }

  /** Cuts a socket that does not read, so that its backlog stops growing (T08). */
  dropSlowReader(connection: Connection): void {
    if (this.#connections.has(connection.socketId)) {
      this.#droppedSlowReaders += 1;
      connection.close(CLOSE_CODE.slowReader, "Slow reader");
      this.remove(connection);
    }
  }

  /** @returns false when the socket is already somebody else */
  signIn(connection: Connection, user: SignedInUser): boolean {
    if (connection.user && connection.user.id !== user.id) {
      return false;
    }
    connection.user = user;
    const sockets = this.#users.get(user.id);
    if (sockets) {
      sockets.add(connection);
    } else {
      this.#users.set(user.id, new Set([connection]));
    }
    return true;
  }

  /**
   * Subscribes a socket; a second time changes nothing.
   *
   * @param member required for presence channels
   * @returns the data of `subscription_succeeded`, or undefined when the presence channel is full
   */
  join(connection: Connection, name: string, member?: PresenceMember): string | undefined {
    const channel = this.#channels.get(name) ?? new Channel(name);
    if (!channel.connections.has(connection)) {
      if (channel.roster && member && !channel.roster.has(member.userId)) {
        if (channel.roster.size >= this.options.presenceMembers) {
          return undefined;
        }
      }
      this.#enter(connection, channel, member);
    }
    return channel.roster?.snapshot() ?? "{}";
  }

  leave(connection: Connection, name: string): void {
    const channel = this.#channels.get(name);
    connection.channels.delete(name);
    if (!channel?.connections.delete(connection)) {
      return;
    }
    const userId = channel.roster?.remove(connection);
    if (userId !== undefined) {
      channel.broadcast(channelFrame("pusher_internal:member_removed", name, memberRemovedData(userId)));
      this.#hooks.left(`m:${name}:${userId}`, () => this.#hooks.emit("member_removed", { channel: name, userId }));
    }
    if (channel.connections.size === 0) {
      this.#channels.delete(name);
      this.#hooks.left(`c:${name}`, () => this.#hooks.emit("channel_vacated", { channel: name }));
    }
  }

  /** The last event of a cache channel. */
  cachedEvent(name: string): CachedEvent | undefined {
    return this.#cache.recall(name);
  }

  /** Who a socket is in a presence channel. */
  presenceUserId(connection: Connection, channel: string): string | undefined {
    return this.#channels.get(channel)?.roster?.userIdOf(connection);
  }

  /** Forgets delayed events; for shutdown. */
  stop(): void {
    this.#hooks.stop();
  }

  #enter(connection: Connection, channel: Channel, member: PresenceMember | undefined): void {
    const { name } = channel;
    if (channel.connections.size === 0) {
      this.#channels.set(name, channel);
      this.#hooks.arrived(`c:${name}`, () => this.#hooks.emit("channel_occupied", { channel: name }));
    }
    channel.connections.add(connection);
    connection.channels.add(name);
    if (member && channel.roster?.add(connection, member)) {
      const { userId } = member;
      const frame = channelFrame("pusher_internal:member_added", name, memberAddedData(member));
      channel.broadcast(frame, connection.socketId);
      this.#hooks.arrived(`m:${name}:${userId}`, () => this.#hooks.emit("member_added", { channel: name, userId }));
    }
  }

  #forgetUser(connection: Connection): void {
    const userId = connection.user?.id;
    const sockets = userId === undefined ? undefined : this.#users.get(userId);
    if (userId !== undefined && sockets?.delete(connection) && sockets.size === 0) {
      this.#users.delete(userId);
    }
  }
}
