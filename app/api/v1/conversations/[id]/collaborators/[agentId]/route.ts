import { removeCollaboratorOperation } from "@/lib/conversations/collaborator-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(removeCollaboratorOperation);
