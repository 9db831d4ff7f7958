import { createEntryOperation, listEntriesOperation } from "@/lib/knowledge/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listEntriesOperation);
export const POST = defineRoute(createEntryOperation);
