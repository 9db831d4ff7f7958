import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./report-contracts";
import { getReport, listReportConversations } from "./report-queries";

export const getReportOperation = operation(contracts.getReport, ({ query }, context) => getReport(context, query));

export const listReportConversationsOperation = operation(contracts.listReportConversations, ({ query }, context) =>
  listReportConversations(context, query),
);
