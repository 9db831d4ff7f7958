import {
  beginSecondStepOperation,
  confirmSecondStepOperation,
  removeSecondStepOperation,
} from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(beginSecondStepOperation);
export const PUT = defineRoute(confirmSecondStepOperation);
export const DELETE = defineRoute(removeSecondStepOperation);
