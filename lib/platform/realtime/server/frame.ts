/**
 * Frames from the server to a client. Built once as bytes, so that a message to a thousand sockets is encoded once.
 */
export type Frame = Buffer;

/** Any frame whose parts are plain values. */
export function frame(message: Readonly<Record<string, unknown>>): Frame {
  return Buffer.from(JSON.stringify(message));
}

/** `pusher:error`. @param code null where the protocol has no number for it */
export function errorFrame(code: number | null, message: string, channel?: string): Frame {
  return frame({ event: "pusher:error", ...(channel === undefined ? {} : { channel }), data: { code, message } });
}

/** A protocol event of one channel; its data travels as a JSON string inside the JSON. */
export function channelFrame(event: string, channel: string, data: string): Frame {
  return frame({ event, channel, data });
}

/**
 * A published event for any number of channels. The costly part, escaping `data`, happens once however many channels
 * follow.
 *
 * @param data forwarded exactly as the publisher gave it
 */
export function publishedFrames(event: string, data: string): (channel: string) => Frame {
  const head = `{"event":${JSON.stringify(event)},"channel":`;
  const tail = `,"data":${JSON.stringify(data)}}`;
  return (channel) => Buffer.from(head + JSON.stringify(channel) + tail);
}

export const PONG_FRAME: Frame = frame({ event: "pusher:pong", data: {} });
