import { createTeamOperation, listTeamsOperation } from "@/lib/identity/team-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listTeamsOperation);
export const POST = defineRoute(createTeamOperation);
