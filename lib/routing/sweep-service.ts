import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import {
  askIfThere,
  type Due,
  endSilent,
  findDue,
  remindOfSilence,
  takeBack,
  tellLongWait,
} from "@/lib/conversations/attention-service";
import { expireOffers } from "@/lib/conversations/offer-service";
import type { Saying } from "@/lib/conversations/service";
import { routingSettings } from "@/lib/conversations/settings-schema";
import type { ActorOf } from "@/lib/core/actor";
import { settlePresence } from "@/lib/identity/presence-service";
import type { Context } from "@/lib/platform/context";
import type { SettingsOf } from "@/lib/settings/definition";
import { readSettings } from "@/lib/settings/service";
import { advanceClock } from "./clock";
import * as due from "./due";
import { dispatchQueue } from "./service";
import { timeoutSettings } from "./settings-schema";

type SystemContext = Context<ActorOf<"system">>;
type Timeouts = SettingsOf<typeof timeoutSettings>;

const minutesOf = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

type Act = (context: SystemContext, found: Due) => Promise<void>;
/** One kind of time-out: after how long, for whom, and what happens. */
type Timeout = readonly [seconds: number, when: SQL, act: Act];

function words(key: string, chinese: string, english: string, more: Partial<Saying> = {}): Saying {
  return { key, own: { chinese, english }, ...more };
}

/** In the order in which they are looked at: what takes a conversation away comes before what reminds of it. */
function timeoutsOf(settings: Timeouts, graceSeconds: number, sweep: due.Sweep): readonly Timeout[] {
  const { acceptSeconds, agentWarnSeconds, supervisorWarnSeconds, agentRequeueSeconds } = settings;
  const { queueSeconds, customerAskSeconds, customerCloseSeconds } = settings;
  const back =
    (why: string): Act =>
    (context, found) =>
      takeBack(context, found, why);
  const remind =
    (who: "agent" | "supervisor", seconds: number): Act =>
    (context, found) =>
      remindOfSilence(context, found, who, minutesOf(seconds));
  const longWait = words("queue_long", settings.queueChinese, settings.queueEnglish, { leaveMessage: true });
  const question = customerCloseSeconds > 0 ? "still_there" : "still_there_open";
  const values = { minutes: minutesOf(customerCloseSeconds) };
  const stillThere = words(question, settings.customerAskChinese, settings.customerAskEnglish, { values });
  const goodbye = words("ended_silent", settings.customerCloseChinese, settings.customerCloseEnglish);
  const warned = due.agentSilent(agentWarnSeconds, "agent_warned_at", sweep);
  const escalated = due.agentSilent(supervisorWarnSeconds, "supervisor_warned_at", sweep);
  return [
    [graceSeconds, due.agentGone(graceSeconds, sweep), back("agent_gone")],
    [acceptSeconds, due.notAccepted(acceptSeconds, sweep), back("not_accepted")],
    [agentRequeueSeconds, due.agentLost(agentRequeueSeconds, sweep), back("silent_requeued")],
    [agentWarnSeconds, warned, remind("agent", agentWarnSeconds)],
    [supervisorWarnSeconds, escalated, remind("supervisor", supervisorWarnSeconds)],
    [customerCloseSeconds, due.customerGone(customerCloseSeconds, sweep), (at, found) => endSilent(at, found, goodbye)],
    [
      customerAskSeconds,
      due.customerSilent(customerAskSeconds, sweep),
      (at, found) => askIfThere(at, found, stillThere),
    ],
    [queueSeconds, due.longQueued(queueSeconds, sweep), (at, found) => tellLongWait(at, found, longWait)],
  ];
}

/** Merchants where somebody waits, talks, or sits at a desk. */
async function busyMerchants(context: Context): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select m.id from merchants m
        where exists (select 1 from conversations c where c.merchant_id = m.id and c.status in ('queued', 'assigned'))
          or exists (select 1 from memberships a where a.merchant_id = m.id and a.presence <> 'offline')
        order by m.id`,
  );
  return rows.map((row) => row.id);
}

/** Presence, time-outs and the queue of one merchant. */
async function sweepMerchant(context: SystemContext, merchantId: string, sweep: due.Sweep): Promise<void> {
  const routing = await readSettings(context.db, merchantId, routingSettings);
  const timeouts = await readSettings(context.db, merchantId, timeoutSettings);
  await settlePresence(context, merchantId, { ...routing, from: sweep.from });
  for (const [seconds, when, act] of timeoutsOf(timeouts, routing.graceSeconds, sweep)) {
    for (const id of seconds > 0 ? await findDue(context, merchantId, when) : []) {
      await act(context, { merchantId, id, when });
    }
  }
  await dispatchQueue(context, merchantId);
}

/**
 * Everything that only time brings about, for all merchants. Safe to run twice at once: each conversation is looked at
 * again under its lock. One merchant's failure does not stop the others.
 */
export async function sweepRouting(context: SystemContext): Promise<void> {
  const at = context.now();
  await expireOffers(context);
  const sweep = { at, from: await advanceClock(context.db, at) };
  for (const merchantId of await busyMerchants(context)) {
    const scoped: SystemContext = { ...context, actor: { kind: "system", merchantId } };
    try {
      await sweepMerchant(scoped, merchantId, sweep);
    } catch (error) {
      context.log.error({ merchantId, reason: String(error) }, "routing sweep failed");
    }
  }
}
