import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { role } from "./permissions";
import { agentInput, password } from "./schema";

const done = z.object({ ok: z.literal(true) });
const share = z.number().min(0).max(1);

export const changeProfile = defineContract({
  name: "changeProfile",
  summary: "Change one's own name, or take one's picture away",
  tag: "Identity",
  method: "PATCH",
  path: "/api/v1/me",
  audience: ["agent"],
  body: z.object({ name: agentInput.shape.name.optional(), avatarFileId: z.null().optional() }),
  result: done,
});

export const changeAvatar = defineContract({
  name: "changeAvatar",
  summary: "Make a square of an uploaded picture one's own avatar",
  tag: "Identity",
  method: "PUT",
  path: "/api/v1/me/avatar",
  audience: ["agent"],
  perMinute: 20,
  body: z.object({
    fileId: z.string().max(40),
    crop: z.object({ left: share, top: share, size: z.number().gt(0.01).max(1) }),
  }),
  result: z.object({ id: z.string(), url: z.string() }),
});

export const changeOwnPassword = defineContract({
  name: "changeOwnPassword",
  summary: "Set one's own password; ends every session, this one too",
  tag: "Identity",
  method: "PUT",
  path: "/api/v1/me/password",
  audience: ["agent"],
  perMinute: 10,
  body: z.object({ current: z.string().min(1).max(200), password }),
  result: done,
});

export const signOutEverywhere = defineContract({
  name: "signOutEverywhere",
  summary: "End all of one's own sessions",
  tag: "Identity",
  method: "DELETE",
  path: "/api/v1/me/sessions",
  audience: ["agent"],
  result: done,
});

export const beginSecondStep = defineContract({
  name: "beginSecondStep",
  summary: "A secret for an authenticator app; nothing is kept until a code confirms it",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/second-step",
  audience: ["agent"],
  perMinute: 20,
  body: z.object({}),
  result: z.object({ secret: z.string(), address: z.string(), setup: z.string() }),
});

export const confirmSecondStep = defineContract({
  name: "confirmSecondStep",
  summary: "Switch the second step on with the app's code; answers recovery codes, shown once",
  tag: "Identity",
  method: "PUT",
  path: "/api/v1/me/second-step",
  audience: ["agent"],
  perMinute: 10,
  body: z.object({ setup: z.string().max(500), code: z.string().trim().min(6).max(8) }),
  result: z.object({ recoveryCodes: z.array(z.string()) }),
});

export const removeSecondStep = defineContract({
  name: "removeSecondStep",
  summary: "Switch the second step off",
  tag: "Identity",
  method: "DELETE",
  path: "/api/v1/me/second-step",
  audience: ["agent"],
  perMinute: 10,
  body: z.object({ password: z.string().min(1).max(200) }),
  result: done,
});

export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role,
  capacity: z.number().int(),
  expiresAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});

export const listInvitations = defineContract({
  name: "listInvitations",
  summary: "Invitations that wait to be accepted",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/invitations",
  audience: ["agent", "key"],
  permission: "agents.write",
  result: z.object({ items: z.array(invitation) }),
});

export const inviteAgent = defineContract({
  name: "inviteAgent",
  summary: "Invite a person by link; the link is shown once and ends after seven days",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/invitations",
  audience: ["agent", "key"],
  permission: "agents.write",
  body: agentInput.pick({ email: true, role: true, capacity: true }),
  result: z.object({ invitation, link: z.string() }),
  status: 201,
});

export const withdrawInvitation = defineContract({
  name: "withdrawInvitation",
  summary: "Take an invitation back",
  tag: "Identity",
  method: "DELETE",
  path: "/api/v1/invitations/{id}",
  audience: ["agent", "key"],
  permission: "agents.write",
  params: z.object({ id: z.string().max(40) }),
  result: done,
});

export const acceptInvitation = defineContract({
  name: "acceptInvitation",
  summary: "Accept an invitation by its link's token",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/invitations/accept",
  audience: ["public"],
  perMinute: 10,
  body: z.object({ token: z.string().min(10).max(100), name: agentInput.shape.name, password }),
  result: z.object({ email: z.string() }),
});

export const unlockAgent = defineContract({
  name: "unlockAgent",
  summary: "Forget an agent's failed sign-ins, so that a locked account opens at once",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/agents/{id}/unlock",
  audience: ["agent", "key"],
  permission: "agents.write",
  params: z.object({ id: z.string().max(40) }),
  result: done,
});

export const newChallenge = defineContract({
  name: "newChallenge",
  summary: "Two numbers to add, asked for after failed sign-ins",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/sign-in/challenge",
  audience: ["public"],
  perMinute: 60,
  result: z.object({ first: z.number().int(), second: z.number().int(), token: z.string() }),
});
