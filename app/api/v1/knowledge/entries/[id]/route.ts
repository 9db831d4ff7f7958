import { deleteEntryOperation, getEntryOperation, updateEntryOperation } from "@/lib/knowledge/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getEntryOperation);
export const PATCH = defineRoute(updateEntryOperation);
export const DELETE = defineRoute(deleteEntryOperation);
