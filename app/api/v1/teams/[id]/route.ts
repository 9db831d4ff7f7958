import { deleteTeamOperation, updateTeamOperation } from "@/lib/identity/team-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateTeamOperation);
export const DELETE = defineRoute(deleteTeamOperation);
