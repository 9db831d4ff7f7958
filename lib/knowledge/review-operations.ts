import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./review-contracts";
import { discardDraft, publishEntry, restoreVersion, saveDraft } from "./review-service";
import { listVersions } from "./version-queries";

export const saveDraftOperation = operation(contracts.saveDraft, ({ params, body }, context) =>
  saveDraft(context, params.id, body),
);

export const discardDraftOperation = operation(contracts.discardDraft, ({ params, query }, context) =>
  discardDraft(context, params.id, query.version),
);

export const publishEntryOperation = operation(contracts.publishEntry, ({ params, body }, context) =>
  publishEntry(context, params.id, body),
);

export const listVersionsOperation = operation(contracts.listVersions, ({ params, query }, context) =>
  listVersions(context, params.id, query),
);

export const restoreVersionOperation = operation(contracts.restoreVersion, ({ params, body }, context) =>
  restoreVersion(context, params.id, params.number, body.version),
);
