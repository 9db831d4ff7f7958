import { randomInt } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type ServerOptions, type WebSocket, WebSocketServer } from "ws";
import { log } from "@/lib/platform/log/log";
import { AddressCount } from "./address-count";
import { type ClientEventOptions, DEFAULT_CLIENT_EVENTS } from "./client-events";
import { CLOSE_CODE } from "./close-code";
import { Connection } from "./connection";
import { errorFrame, frame } from "./frame";
import { type HandshakeRefusal, readTarget, refuseHandshake } from "./handshake";
import { handleHttpApi } from "./http-api";
import { RealtimeHub } from "./hub";
import { type InboundContext, receive } from "./inbound";
import { startKeepAlive } from "./keep-alive";
import { DEFAULT_LIMITS, type RealtimeLimits } from "./limits";
import { closeAll, type ShutdownOptions } from "./shutdown";

type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface RealtimeOptions {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  /** Which pages may connect; `undefined` for clients that are no browser and send no Origin. */
  readonly allowOrigin: (origin: string | undefined) => boolean;
  readonly clientEvents?: Partial<ClientEventOptions>;
  readonly limits?: Partial<RealtimeLimits>;
  /** The client's address for the limit per address; by default the peer of the TCP connection. */
  readonly clientAddress?: (request: IncomingMessage) => string;
  /** Takes upgrades to other paths of this server, such as the development server's own; by default they get 404. */
  readonly otherUpgrade?: UpgradeHandler;
  /** Told of faults that harmed nobody; by default they are logged. */
  readonly onError?: (error: unknown) => void;
}

export interface Realtime {
  readonly hub: RealtimeHub;
  /** Answers `/apps/{id}/…`. @returns false, untouched, for every other path */
  readonly handleRealtimeHttp: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Sends every client away, by default with 4200 (come back at once), and takes no new ones. */
  readonly close: (options?: Partial<ShutdownOptions>) => Promise<void>;
}

interface Gate {
  readonly options: RealtimeOptions;
  readonly limits: RealtimeLimits;
  readonly inbound: InboundContext;
  readonly addresses: AddressCount;
  readonly onError: (error: unknown) => void;
}

function newSocketId(hub: RealtimeHub): string {
  let id: string;
  do {
    id = `${randomInt(1, 2 ** 40)}.${randomInt(1, 2 ** 40)}`;
  } while (hub.hasSocket(id));
  return id;
}

function sendAway(socket: WebSocket, { code, message }: HandshakeRefusal): void {
  socket.send(errorFrame(code, message), { binary: false });
  socket.close(code, message);
}

function overCapacity(gate: Gate, address: string): boolean {
  const { connections, connectionsPerAddress } = gate.limits;
  return gate.inbound.hub.connectionCount() >= connections || gate.addresses.of(address) >= connectionsPerAddress;
}

function onMessage(gate: Gate, connection: Connection, data: RawData, isBinary: boolean): void {
  if (!connection.isOpen) {
    return;
  }
  if (!connection.heard()) {
    connection.close(CLOSE_CODE.policyViolation, "Too many messages");
    gate.inbound.hub.remove(connection);
    return;
  }
  if (isBinary) {
    connection.close(CLOSE_CODE.unsupportedData, "Binary frames are not supported");
    return;
  }
  try {
    receive(gate.inbound, connection, data.toString());
  } catch (error) {
    // A fault in one client's message must stay that client's.
    gate.onError(error);
    connection.send(errorFrame(null, "Invalid message"));
  }
}

/** Pings are answered by ws itself, which also cuts a peer that never reads the answers. */
function onPing(gate: Gate, connection: Connection): void {
  if (!connection.heard()) {
    connection.close(CLOSE_CODE.policyViolation, "Too many messages");
    gate.inbound.hub.remove(connection);
  }
}

function welcome(gate: Gate, socket: WebSocket, address: string): void {
  const { hub } = gate.inbound;
  const { limits } = gate;
  const connection = new Connection(socket, {
    socketId: newSocketId(hub),
    address,
    sendBufferBytes: limits.sendBufferBytes,
    inboundBurst: limits.inboundBurst,
    inboundPerSecond: limits.inboundPerSecond,
    onSlowReader: (slow) => hub.dropSlowReader(slow),
  });
  hub.add(connection);
  gate.addresses.add(address);
  socket.on("message", (data, isBinary) => onMessage(gate, connection, data, isBinary));
  socket.on("ping", () => onPing(gate, connection));
  socket.on("pong", () => connection.heard());
  socket.on("close", () => {
    hub.remove(connection);
    gate.addresses.remove(address);
  });
  const data = { socket_id: connection.socketId, activity_timeout: limits.activityTimeoutSeconds };
  connection.send(frame({ event: "pusher:connection_established", data: JSON.stringify(data) }));
}

/** Answers an upgrade without a WebSocket, in plain HTTP, and hangs up. */
function turnDown(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function upgradeHandler(gate: Gate, sockets: WebSocketServer, isClosing: () => boolean): UpgradeHandler {
  return (request, socket, head) => {
    // A peer that resets the connection now must not end the process.
    socket.on("error", () => socket.destroy());
    const target = readTarget(request.url);
    if (target.kind === "hostile") {
      socket.destroy();
    } else if (target.kind === "elsewhere") {
      const otherUpgrade = gate.options.otherUpgrade ?? ((_request, other) => turnDown(other, "404 Not Found"));
      otherUpgrade(request, socket, head);
    } else if (isClosing()) {
      turnDown(socket, "503 Service Unavailable");
    } else {
      const address = gate.options.clientAddress?.(request) ?? request.socket.remoteAddress ?? "";
      const refusal = refuseHandshake(request, target, gate.options.key, gate.options.allowOrigin);
      sockets.handleUpgrade(request, socket, head, (client) => {
        client.on("error", () => undefined);
        if (refusal) {
          sendAway(client, refusal);
        } else if (overCapacity(gate, address)) {
          sendAway(client, { code: CLOSE_CODE.overCapacity, message: "Over capacity" });
        } else {
          welcome(gate, client, address);
        }
      });
    }
  };
}

/**
 * Serves Pusher protocol 7 on an existing HTTP server: WebSockets at `/app/{key}`, and the HTTP API through
 * `handleRealtimeHttp`, which the server calls before anything else. Takes over the server's `upgrade` event.
 *
 * Specification: protocols/07-pusher-protocol.md; limits: `RealtimeLimits`.
 */
export function attachRealtime(server: Server, options: RealtimeOptions): Realtime {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const onError = options.onError ?? ((error: unknown) => log().error({ err: error }, "realtime"));
  const app = { key: options.key, secret: options.secret };
  const { graceMilliseconds, presenceMembers, channelsPerConnection } = limits;
  const hub = new RealtimeHub({ graceMilliseconds, presenceMembers, onError });
  const clientEvents = { ...DEFAULT_CLIENT_EVENTS, ...options.clientEvents };
  const inbound = { hub, app, clientEvents, channelsPerConnection };
  // `closeTimeout` is newer than the published types.
  const settings: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    maxPayload: limits.frameBytes,
    maxFragments: 64,
    perMessageDeflate: false,
    closeTimeout: limits.closeTimeoutMilliseconds,
  };
  const sockets = new WebSocketServer(settings);
  let closing = false;
  const gate = { options, limits, inbound, addresses: new AddressCount(), onError };
  const onUpgrade = upgradeHandler(gate, sockets, () => closing);
  server.on("upgrade", onUpgrade);
  const stopKeepAlive = startKeepAlive(hub, limits);
  return {
    hub,
    handleRealtimeHttp: (request, response) =>
      handleHttpApi({ hub, appId: options.appId, app, onError }, request, response),
    close: async (shutdown) => {
      closing = true;
      stopKeepAlive();
      await closeAll(sockets.clients, shutdown);
      hub.stop();
      const closed = once(sockets, "close");
      sockets.close();
      await closed;
    },
  };
}
