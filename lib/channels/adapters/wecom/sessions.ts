import { z } from "zod";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import type { FarewellWords, SessionControl } from "../../adapter";
import { addressOf } from "./account";
import { answerOf, callKf, callWith, type WecomContext, WecomError } from "./platform";
import type { WecomConfig } from "./schema";

/** The platform's states of a session (fact sheet 2.7). */
const STATE = { fresh: 0, bot: 1, pool: 2, servicer: 3, over: 4 } as const;

const current = z.object({ service_state: z.number().int(), servicer_userid: z.string().optional() });
const moved = z.object({ msg_code: z.string().optional() });
const servicers = z.object({
  servicer_list: z.array(z.looseObject({ userid: z.string().optional(), status: z.number().optional() })).default([]),
});

function bodyOf(context: WecomContext, customerId: string) {
  const { account, externalUserId } = addressOf(context.config, customerId);
  return { open_kfid: account, external_userid: externalUserId };
}

/** Five messages since the customer's last words, or 48 hours: what an event's code takes nothing of. */
const NO_ROOM: readonly number[] = [95001, 95002];

/** @throws ChannelError */
export async function stateOf(context: WecomContext, customerId: string): Promise<z.output<typeof current>> {
  return callKf(context, "service_state/get", bodyOf(context, customerId), current);
}

/** @returns the code for a word on the change, where the platform gives one */
async function move(
  context: WecomContext,
  customerId: string,
  state: number,
  servicer?: string,
): Promise<string | undefined> {
  const body = {
    ...bodyOf(context, customerId),
    service_state: state,
    ...(servicer && { servicer_userid: servicer }),
  };
  return (await callKf(context, "service_state/trans", body, moved)).msg_code;
}

async function isOurs(context: WecomContext, customerId: string): Promise<boolean> {
  const { service_state: state } = await stateOf(context, customerId);
  return state === STATE.fresh || state === STATE.bot;
}

const farewellOf = ({ id, text }: FarewellWords) => ({
  msgid: sha256Hex(`farewell:${id}`).slice(0, 32),
  msgtype: "text",
  text: { content: text },
});

/** Who has a customer's session: us (0, 1), the pool (2), a servicer in WeCom (3), or nobody (4). */
export const wecomSessions: SessionControl<WecomConfig> = {
  owner: async (customerId, context) => {
    const { service_state: state, servicer_userid: name } = await stateOf(context, customerId);
    if (state === STATE.servicer || state === STATE.pool) {
      return { kind: "outside", ...(name && { name }) };
    }
    return { kind: state === STATE.over ? "nobody" : "us" };
  },

  take: async (customerId, context) => {
    const { service_state: state } = await stateOf(context, customerId);
    if (state === STATE.fresh) {
      await move(context, customerId, STATE.bot);
    }
    return state === STATE.fresh || state === STATE.bot;
  },

  colleagues: async (customerId, context) => {
    const { account } = addressOf(context.config, customerId);
    const path = `/cgi-bin/kf/servicer/list?open_kfid=${encodeURIComponent(account)}`;
    const { servicer_list: list } = servicers.parse(await callWith(context, path, {}, answerOf));
    return list.flatMap(({ userid, status }) => (userid ? [{ id: userid, name: userid, online: status === 0 }] : []));
  },

  handOver: async (customerId, colleagueId, context) => {
    await move(context, customerId, STATE.servicer, colleagueId);
  },

  farewell: async (customerId, words, context) => {
    if (!(await isOurs(context, customerId))) {
      return false;
    }
    const { account, externalUserId } = addressOf(context.config, customerId);
    const body = { touser: externalUserId, open_kfid: account, ...farewellOf(words) };
    try {
      await callKf(context, "send_msg", body, z.object({}));
      return true;
    } catch (error) {
      if (error instanceof WecomError && (/msgid/i.test(error.message) || NO_ROOM.includes(error.code))) {
        // Its id is used: it was said, by a process that ended before it could tell.
        return !NO_ROOM.includes(error.code);
      }
      throw error;
    }
  },

  end: async (customerId, last, context) => {
    if (!(await isOurs(context, customerId))) {
      return false;
    }
    const code = await move(context, customerId, STATE.over);
    if (!code || !last) {
      return false;
    }
    // The code counts for twenty seconds and once.
    await callKf(context, "send_msg_on_event", { code, ...farewellOf(last) }, z.object({}));
    return true;
  },
};
