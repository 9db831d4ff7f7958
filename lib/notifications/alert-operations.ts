import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./alert-contracts";
import { testAlerts } from "./alert-service";

export const testAlertsOperation = operation(contracts.testAlerts, async (_, context) => ({
  items: await testAlerts(context),
}));
