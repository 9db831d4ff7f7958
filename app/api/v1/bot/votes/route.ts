import { listVotesOperation } from "@/lib/bot/vote-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listVotesOperation);
