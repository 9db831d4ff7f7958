import { afterAll, beforeAll, expect, it } from "vitest";
import { createVisitor } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation, postReply } from "./agent-service";
import { listMessages, listPublicMessages } from "./queries";
import { reactAsVisitor, reactToMessage } from "./reaction-service";
import { recallMessage } from "./recall-service";
import { postVisitorMessage } from "./visitor-service";

let desk: DeskFixture;
let lin: AgentContext;
let wang: AgentContext;
let id: string;
let shop: Awaited<ReturnType<DeskFixture["merchant"]>>;

beforeAll(async () => {
  desk = await createDeskFixture();
  shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  wang = await desk.agent(shop.merchantId, "agent", "小王");
  id = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
  await claimConversation(lin, id);
});
afterAll(() => desk.end());

const say = async (text: string, visibility: "public" | "internal") =>
  (await postReply(lin, id, { clientId: `react-${text}`, visibility, parts: [{ type: "text", text }] })).id;
const signsOf = async (messageId: string) =>
  (await listMessages(lin, id, { limit: 50 })).items.find((message) => message.id === messageId)?.reactions;

it("keeps the signs of colleagues who react at once, each once, and takes back only one's own", async () => {
  const messageId = await say("好的", "public");
  const thumb = { sign: "👍", on: true };
  await Promise.all([reactToMessage(lin, id, messageId, thumb), reactToMessage(wang, id, messageId, thumb)]);
  await reactToMessage(lin, id, messageId, thumb);
  expect((await signsOf(messageId))?.map(({ name }) => name).sort()).toEqual(["小林", "小王"]);
  await reactToMessage(lin, id, messageId, { sign: "👍", on: false });
  expect(await signsOf(messageId)).toEqual([{ sign: "👍", agentId: wang.actor.agentId, name: "小王" }]);
  await reactToMessage(wang, id, messageId, { sign: "👍", on: false });
  expect(await signsOf(messageId)).toBeUndefined();
});

it("shows customers the signs on what they may read, and never a note's", async () => {
  const shown = await say("给客户的", "public");
  const note = await say("内部的", "internal");
  for (const messageId of [shown, note]) {
    await reactToMessage(wang, id, messageId, { sign: "🎉", on: true });
  }
  const items = (await listPublicMessages(lin, id, { limit: 50 })).items;
  expect(items.flatMap(({ reactions }) => reactions ?? [])).toMatchObject([{ sign: "🎉" }]);
});

it("lets the visitor answer agents and the bot with one sign, which the desk sees as the customer's", async () => {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: "react-visitor",
    parts: [{ type: "text", text: "在吗" }],
  });
  await claimConversation(lin, conversation.id);
  const words = { clientId: "react-answer", parts: [{ type: "text" as const, text: "在的" }] };
  const answer = await postReply(lin, conversation.id, { ...words, visibility: "public" });
  const note = await postReply(lin, conversation.id, { ...words, clientId: "react-note", visibility: "internal" });
  const react = (messageId: string, sign: string, on = true) =>
    reactAsVisitor(visitor, conversation.id, messageId, { sign, on });
  await reactToMessage(wang, conversation.id, answer.id, { sign: "🎉", on: true });
  await react(answer.id, "👍");
  expect((await react(answer.id, "❤️")).reactions).toMatchObject([
    { sign: "🎉", name: "小王" },
    { sign: "❤️", visitor: true },
  ]);
  expect((await react(answer.id, "❤️", false)).reactions).toMatchObject([{ sign: "🎉" }]);
  const [own] = (await listMessages(lin, conversation.id, { limit: 50 })).items;
  for (const messageId of [note.id, own?.id ?? ""]) {
    await expect(react(messageId, "👍")).rejects.toMatchObject({ reason: "message_not_found" });
  }
  const stranger = await createVisitor(desk, shop);
  const foreign = reactAsVisitor(stranger, conversation.id, answer.id, { sign: "👍", on: true });
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
});

it("is refused on what was taken back, and elsewhere", async () => {
  const messageId = await say("说错了", "public");
  await reactToMessage(wang, id, messageId, { sign: "👀", on: true });
  await recallMessage(lin, id, messageId);
  expect(await signsOf(messageId)).toBeUndefined();
  const again = reactToMessage(wang, id, messageId, { sign: "👍", on: true });
  await expect(again).rejects.toMatchObject({ reason: "message_not_found" });
  const stranger = await desk.agent((await desk.merchant()).merchantId);
  const foreign = reactToMessage(stranger, id, await say("别家的", "public"), { sign: "👍", on: true });
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
});
