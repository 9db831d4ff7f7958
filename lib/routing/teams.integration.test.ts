import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations } from "@/db/schema/conversations";
import type { AgentContext as Staff } from "@/lib/conversations/agent-service";
import { getConversation } from "@/lib/conversations/queries";
import { requestHandoff } from "@/lib/conversations/service";
import { transferConversation } from "@/lib/conversations/transfer-service";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { setPresence, updateAgent } from "@/lib/identity/service";
import { getTeam, listTeams } from "@/lib/identity/team-queries";
import { createTeam, deleteTeam, updateTeam } from "@/lib/identity/team-service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { dispatchQueue } from "./service";

describe("teams", () => {
  let fixture: DeskFixture;
  beforeAll(async () => {
    fixture = await createDeskFixture();
  });
  afterAll(() => fixture.end());

  async function online(merchantId: string, name: string): Promise<Staff> {
    const agent = await fixture.agent(merchantId, "agent", name);
    await setPresence(agent, "online");
    return agent;
  }

  /** A shop with an administrator, somebody in the team, somebody beside it, and a customer served by the latter. */
  async function shopWithTeam() {
    const shop = await fixture.merchant();
    const admin = await fixture.agent(shop.merchantId, "admin", "老板");
    const beside = await online(shop.merchantId, "小林");
    const inside = await online(shop.merchantId, "小周");
    const team = await createTeam(admin, {
      name: "售后组",
      members: [{ agentId: inside.actor.agentId, role: "lead" }],
    });
    const visitor = await createVisitor(fixture, shop);
    const { conversation } = await postVisitorMessage(visitor, {
      clientId: newId("client"),
      parts: [{ type: "text", text: "转人工" }],
    });
    await requestHandoff(visitor, { conversationId: conversation.id, reason: "requested" });
    const system = systemContext(fixture, shop.merchantId);
    const dispatch = () => dispatchQueue(system, shop.merchantId);
    return { shop, admin, beside, inside, team, id: conversation.id, dispatch };
  }

  const assignee = async (id: string) =>
    (await fixture.db.select().from(conversations).where(eq(conversations.id, id)))[0]?.assigneeId;

  it("what is handed to a team waits for its members, and nobody else gets it", async () => {
    const { admin, beside, inside, team, id, dispatch } = await shopWithTeam();
    await transferConversation(admin, id, { to: { kind: "team", teamId: team.id } });
    await setPresence(inside, "offline");
    expect(await dispatch()).toBe(0);
    expect((await listTeams(admin))[0]).toMatchObject({ name: "售后组", waiting: 1 });
    await setPresence(inside, "online");
    expect(await dispatch()).toBe(1);
    expect(await assignee(id)).toBe(inside.actor.agentId);
    expect((await getConversation(beside, id)).team).toEqual({ id: team.id, name: "售后组" });
  });

  it("who joins the team may take what waits for it; back in the common line anybody may", async () => {
    const { admin, beside, inside, team, id, dispatch } = await shopWithTeam();
    await setPresence(inside, "offline");
    await transferConversation(admin, id, { to: { kind: "team", teamId: team.id } });
    await updateTeam(admin, team.id, {
      members: [...team.members, { agentId: beside.actor.agentId, role: "member" as const }],
    });
    expect(await dispatch()).toBe(1);
    expect(await assignee(id)).toBe(beside.actor.agentId);
    await transferConversation(beside, id, { to: { kind: "queue" } });
    expect((await getConversation(admin, id)).team).toBeNull();
  });

  it("a team that is deleted, or whose people are all disabled, binds nobody", async () => {
    const first = await shopWithTeam();
    await setPresence(first.inside, "offline");
    await transferConversation(first.admin, first.id, { to: { kind: "team", teamId: first.team.id } });
    await deleteTeam(first.admin, first.team.id);
    expect(await first.dispatch()).toBe(1);
    expect(await assignee(first.id)).toBe(first.beside.actor.agentId);

    const second = await shopWithTeam();
    await transferConversation(second.admin, second.id, { to: { kind: "team", teamId: second.team.id } });
    await updateAgent(second.admin, second.inside.actor.agentId, { disabled: true });
    expect(await second.dispatch()).toBe(1);
    expect(await assignee(second.id)).toBe(second.beside.actor.agentId);
  });

  it("an empty team, another merchant's, and people of another merchant are refused", async () => {
    const { admin, inside, team, id } = await shopWithTeam();
    const other = await shopWithTeam();
    const to = (teamId: string) => transferConversation(admin, id, { to: { kind: "team", teamId } });
    await expect(to(other.team.id)).rejects.toMatchObject({ reason: "team_not_found" });
    await expect(getTeam(admin, other.team.id)).rejects.toMatchObject({ code: "not_found" });
    await updateTeam(admin, team.id, { members: [] });
    await expect(to(team.id)).rejects.toMatchObject({ reason: "team_empty" });
    const stranger = { agentId: other.inside.actor.agentId, role: "member" as const };
    const mixed = [{ agentId: inside.actor.agentId, role: "member" as const }, stranger];
    await expect(updateTeam(admin, team.id, { members: mixed })).rejects.toMatchObject({ reason: "agent_not_found" });
    expect((await getTeam(admin, team.id)).members).toEqual([]);
    await expect(createTeam(admin, { name: "售后组", members: [] })).rejects.toMatchObject({
      reason: "team_name_taken",
    });
  });
});
