import { addCollaboratorOperation, listCollaboratorsOperation } from "@/lib/conversations/collaborator-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listCollaboratorsOperation);
export const POST = defineRoute(addCollaboratorOperation);
