import { inviteAgentOperation, listInvitationsOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listInvitationsOperation);
export const POST = defineRoute(inviteAgentOperation);
