import { serverTranslator } from "@/lib/i18n/server-translator";
import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./account-contracts";
import { setAvatar } from "./avatar-service";
import { newChallenge } from "./captcha";
import * as invitations from "./invitation-service";
import * as own from "./own-account-service";
import { unlockAgent } from "./service";

const done = { ok: true } as const;

export const changeProfileOperation = operation(contracts.changeProfile, async ({ body }, context) => {
  await own.changeOwnProfile(context, body);
  return done;
});

export const changeAvatarOperation = operation(contracts.changeAvatar, ({ body }, context) => setAvatar(context, body));

export const changeOwnPasswordOperation = operation(contracts.changeOwnPassword, async ({ body }, context) => {
  await own.changeOwnPassword(context, body);
  return done;
});

export const signOutEverywhereOperation = operation(contracts.signOutEverywhere, async (_, context) => {
  await own.signOutEverywhere(context);
  return done;
});

export const beginSecondStepOperation = operation(contracts.beginSecondStep, (_, context) =>
  own.beginSecondStep(context, serverTranslator(context.locale === "en" ? "en" : "zh-CN", "common")("product")),
);

export const confirmSecondStepOperation = operation(contracts.confirmSecondStep, ({ body }, context) =>
  own.confirmSecondStep(context, body),
);

export const removeSecondStepOperation = operation(contracts.removeSecondStep, async ({ body }, context) => {
  await own.removeSecondStep(context, body);
  return done;
});

export const listInvitationsOperation = operation(contracts.listInvitations, async (_, context) => ({
  items: await invitations.listInvitations(context),
}));

export const inviteAgentOperation = operation(contracts.inviteAgent, ({ body }, context) =>
  invitations.invite(context, body),
);

export const withdrawInvitationOperation = operation(contracts.withdrawInvitation, async ({ params }, context) => {
  await invitations.withdrawInvitation(context, params.id);
  return done;
});

export const acceptInvitationOperation = operation(contracts.acceptInvitation, ({ body }, context) =>
  invitations.acceptInvitation(context, body),
);

export const unlockAgentOperation = operation(contracts.unlockAgent, async ({ params }, context) => {
  await unlockAgent(context, params.id);
  return done;
});

export const newChallengeOperation = operation(contracts.newChallenge, async (_, context) =>
  newChallenge(context.now()),
);
