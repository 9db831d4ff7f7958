import { operation } from "@/lib/platform/http/handler";
import * as queries from "./queries";
import * as contracts from "./triage-contracts";
import * as triage from "./triage-service";

export const snoozeOperation = operation(contracts.snoozeConversation, async ({ params, body }, context) => {
  await triage.snoozeConversation(context, params.id, body.until === null ? null : new Date(body.until));
  return queries.getConversation(context, params.id);
});
export const wakeOperation = operation(contracts.wakeConversation, async ({ params }, context) => {
  await triage.wakeByAgent(context, params.id);
  return queries.getConversation(context, params.id);
});
export const priorityOperation = operation(contracts.setPriority, async ({ params, body }, context) => {
  await triage.setPriority(context, params.id, body.priority);
  return queries.getConversation(context, params.id);
});
