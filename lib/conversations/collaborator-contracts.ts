import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { agentSummary } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const collaborators = z.object({ items: z.array(agentSummary) });

export const listCollaborators = defineContract({
  name: "listCollaborators",
  summary: "Who works on a conversation beside its assignee",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/collaborators",
  audience: ["agent"],
  permission: "conversations.read",
  params: byId,
  result: collaborators,
});

export const addCollaborator = defineContract({
  name: "addCollaborator",
  summary: "Ask a colleague to help with a conversation",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/collaborators",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ agentId: z.string().max(40) }),
  result: collaborators,
});

export const removeCollaborator = defineContract({
  name: "removeCollaborator",
  summary: "End a colleague's part in a conversation",
  tag: "Conversations",
  method: "DELETE",
  path: "/api/v1/conversations/{id}/collaborators/{agentId}",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId.extend({ agentId: z.string().max(40) }),
  result: collaborators,
});
