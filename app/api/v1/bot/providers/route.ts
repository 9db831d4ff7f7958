import {
  createProviderOperation,
  listProvidersOperation,
  orderProvidersOperation,
} from "@/lib/bot/provider-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listProvidersOperation);
export const POST = defineRoute(createProviderOperation);
export const PUT = defineRoute(orderProvidersOperation);
