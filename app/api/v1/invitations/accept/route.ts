import { acceptInvitationOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(acceptInvitationOperation);
