import { withdrawInvitationOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(withdrawInvitationOperation);
