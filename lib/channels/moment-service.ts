import { EventEmitter } from "node:events";

/** Something that is told for the moment and kept nowhere ("typing"), as it goes to an integrator. */
export interface ChannelMoment {
  readonly type: string;
  readonly body: string;
}

const SLOT = Symbol.for("yingda.channel-moments");

// On globalThis for the hot routes and Next's are separate module graphs of one process. Another process's readers do not
// hear of it: it is for the moment, and those who must hear have the webhook.
function moments(): EventEmitter {
  const holder = globalThis as { [SLOT]?: EventEmitter };
  holder[SLOT] ??= new EventEmitter().setMaxListeners(0);
  return holder[SLOT];
}

/** Tells whoever reads the channel's stream in this process. */
export function tellMoment(channelId: string, moment: ChannelMoment): void {
  moments().emit(channelId, moment);
}

/** Hears what is told for the moment. @returns stops it */
export function hearMoments(channelId: string, hear: (moment: ChannelMoment) => void): () => void {
  moments().on(channelId, hear);
  return () => moments().off(channelId, hear);
}
