import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { auditFacets, listAudit } from "./queries";

export const listAuditOperation = operation(contracts.listAudit, async ({ query }, context) => {
  const [page, facets] = await Promise.all([listAudit(context, query), auditFacets(context)]);
  return { ...page, ...facets };
});
