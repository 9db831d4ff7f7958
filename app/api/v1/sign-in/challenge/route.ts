import { newChallengeOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(newChallengeOperation);
