import type { Message } from "@/lib/conversations/schema";
import type { RealtimeEvents } from "@/lib/events/realtime";
import type { Notification } from "@/lib/notifications/schema";
import type { DeskParts } from "./desk-parts";
import type { ListActions } from "./list-actions";
import type { DeskState } from "./state";
import type { ThreadActions } from "./thread-actions";

/** How long "is typing" stands without being said again, in milliseconds. */
const TYPING_LASTS = 6_000;
/** How long unsent words stand without news of them: people stop to think. */
const WRITING_LASTS = 60_000;

export type EventHandlers = {
  readonly [Event in keyof RealtimeEvents]: (payload: RealtimeEvents[Event]) => void;
};

function withoutKey<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const copy = new Map(map);
  return copy.delete(key) ? copy : map;
}

function setMember(set: ReadonlySet<string>, key: string, member: boolean): ReadonlySet<string> {
  if (set.has(key) === member) {
    return set;
  }
  const copy = new Set(set);
  if (member) {
    copy.add(key);
  } else {
    copy.delete(key);
  }
  return copy;
}

/** A message ends what announced it: the typing of its author, and the streamed pieces of a bot's answer. */
function afterMessage(state: DeskState, message: Message): DeskState {
  const { conversationId, author, clientId } = message;
  const answered = clientId !== null && state.answers.get(conversationId)?.answerId === clientId;
  return {
    ...state,
    visitorTyping:
      author.kind === "visitor" ? setMember(state.visitorTyping, conversationId, false) : state.visitorTyping,
    visitorWriting: author.kind === "visitor" ? withoutKey(state.visitorWriting, conversationId) : state.visitorWriting,
    colleagueTyping:
      author.kind === "agent" ? withoutKey(state.colleagueTyping, conversationId) : state.colleagueTyping,
    answers: answered ? withoutKey(state.answers, conversationId) : state.answers,
  };
}

function withPiece(
  state: DeskState,
  { conversationId, answerId, index, text }: RealtimeEvents["answer.delta"],
): DeskState {
  const known = state.answers.get(conversationId);
  const pieces = known?.answerId === answerId ? [...known.pieces] : [];
  pieces[index] = text;
  return { ...state, answers: new Map(state.answers).set(conversationId, { answerId, pieces }) };
}

/** Runs something when nothing was said of a key for a while. */
function createSilences() {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return (key: string, after: number | undefined, act: () => void): void => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    if (after !== undefined) {
      timers.set(key, setTimeout(act, after));
    }
  };
}

/** Shows who is typing, and what where that is shown, and stops when it is no longer said. */
function createTyping({ store, agent }: DeskParts): EventHandlers["typing"] {
  const silence = createSilences();
  const setVisitor = (id: string, typing: boolean): void =>
    store.update((state) => ({ ...state, visitorTyping: setMember(state.visitorTyping, id, typing) }));
  const setWriting = (id: string, text: string): void =>
    store.update((state) => {
      const others = withoutKey(state.visitorWriting, id);
      return { ...state, visitorWriting: text === "" ? others : new Map(others).set(id, text) };
    });
  const setColleague = (id: string, name: string | undefined): void =>
    store.update((state) => {
      const others = withoutKey(state.colleagueTyping, id);
      return { ...state, colleagueTyping: name === undefined ? others : new Map(others).set(id, name) };
    });
  return ({ conversationId: id, side, name, typing, text }) => {
    const lasts = typing ? TYPING_LASTS : undefined;
    if (side === "visitor") {
      setVisitor(id, typing);
      silence(`visitor:${id}`, lasts, () => setVisitor(id, false));
      if (text !== undefined || !typing) {
        setWriting(id, text ?? "");
        silence(`writing:${id}`, typing ? WRITING_LASTS : undefined, () => setWriting(id, ""));
      }
    } else if (side === "agent" && name !== undefined && name !== agent.name) {
      setColleague(id, typing ? name : undefined);
      silence(`agent:${id}`, lasts, () => setColleague(id, undefined));
    }
  };
}

/** The customer has read up to a message. */
function withVisitorRead(state: DeskState, { conversationId, side, seq }: RealtimeEvents["read"]): DeskState {
  const row = state.rows.get(conversationId);
  if (side !== "visitor" || row === undefined || row.visitorReadSeq >= seq) {
    return state;
  }
  return { ...state, rows: new Map(state.rows).set(conversationId, { ...row, visitorReadSeq: seq }) };
}

/** Kinds that call the agent at once; of the others they hear by the conversation itself, or find them at the bell. */
const CALLING = new Set<Notification["kind"]>(["mention", "collaborator", "offer", "whisper"]);

type Calling = "mention" | "collaborator" | "offer" | "whisper";

function tellOfNotification(parts: DeskParts, list: ListActions, notification: Notification): void {
  const { conversationId, kind, actor, excerpt } = notification;
  if (conversationId === null || !CALLING.has(kind)) {
    return;
  }
  const known = parts.store.get().rows.get(conversationId);
  void (known ? Promise.resolve() : list.fetchRow(conversationId)).then(() => {
    const row = parts.store.get().rows.get(conversationId);
    if (row) {
      parts.tell({
        kind: kind as Calling,
        row,
        by: actor?.name ?? "",
        excerpt,
        at: notification.seq,
      });
    }
  });
}

/** What the desk hears of colleagues: a call by name, a wish for help. */
function createNotificationHandlers(
  parts: DeskParts,
  list: ListActions,
): Pick<EventHandlers, "notification.created" | "notifications.read" | "collaborators.changed" | "offers.changed"> {
  const { store, agent } = parts;
  return {
    "notification.created": ({ notification }) => {
      store.update((state) => ({ ...state, notificationsChanged: state.notificationsChanged + 1 }));
      tellOfNotification(parts, list, notification as Notification);
    },
    "notifications.read": () =>
      store.update((state) => ({ ...state, notificationsChanged: state.notificationsChanged + 1 })),
    "offers.changed": () => store.update((state) => ({ ...state, offersChanged: state.offersChanged + 1 })),
    "collaborators.changed": ({ conversationId, agentId, collaborating }) => {
      store.update((state) => ({ ...state, collaboratorsChanged: state.collaboratorsChanged + 1 }));
      if (agentId === agent.id) {
        list.setCollaborating(conversationId, collaborating);
      }
    },
  };
}

/** What each push does to the desk. */
export function createEventHandlers(parts: DeskParts, list: ListActions, threads: ThreadActions): EventHandlers {
  const { store, agent } = parts;

  function takeMessage({ conversationId, message }: RealtimeEvents["message.created"]): void {
    if (message === undefined) {
      threads.fillGap(conversationId);
      return;
    }
    const wire = message as Message;
    threads.take(conversationId, [wire]);
    store.update((state) => afterMessage(state, wire));
  }

  return {
    "message.created": takeMessage,
    "message.updated": (event) => {
      if (event.message === undefined) {
        threads.takeAnew(event.conversationId, event.seq);
      } else {
        takeMessage(event);
      }
    },
    "conversations.updated": ({ items }) => {
      list.takePatches(items);
      const open = store.get().place.conversationId;
      if (open !== undefined && items.some(({ id }) => id === open)) {
        threads.fillGap(open);
      }
    },
    // The row's patch on the desk channel says the same and more.
    "conversation.changed": () => undefined,
    "ticket.changed": () => store.update((state) => ({ ...state, ticketsChanged: state.ticketsChanged + 1 })),
    "customer.updated": ({ customerId, name, tags }) => list.renameCustomer(customerId, name, tags),
    "conversation.assigned": ({ conversationId }) => void list.fetchRow(conversationId),
    "conversation.reminder": ({ conversationId, kind, minutes }) => {
      const known = store.get().rows.get(conversationId);
      void (known ? Promise.resolve() : list.fetchRow(conversationId)).then(() => {
        const row = store.get().rows.get(conversationId);
        if (row) {
          parts.tell({ kind: kind === "agent" ? "reminder" : "escalated", row, minutes });
        }
      });
    },
    ...createNotificationHandlers(parts, list),
    "agent.presence": ({ agentId, status }) => {
      if (agentId === agent.id) {
        store.update((state) => (state.presence === status ? state : { ...state, presence: status }));
      } else {
        store.update((state) => ({ ...state, colleaguesChanged: state.colleaguesChanged + 1 }));
      }
    },
    "page.changed": () => store.update((state) => ({ ...state, pageChanged: state.pageChanged + 1 })),
    "drafts.changed": () => store.update((state) => ({ ...state, draftsChanged: state.draftsChanged + 1 })),
    "answer.delta": (event) => store.update((state) => withPiece(state, event)),
    typing: createTyping(parts),
    read: (event) => store.update((state) => withVisitorRead(state, event)),
  };
}
