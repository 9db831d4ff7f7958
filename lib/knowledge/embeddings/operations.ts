import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { getVectorSearch } from "./queries";
import * as service from "./service";

export const getVectorSearchOperation = operation(contracts.getVectorSearch, (_, context) => getVectorSearch(context));

export const saveEmbedderOperation = operation(contracts.saveEmbedder, ({ body }, context) =>
  service.saveEmbedder(context, body),
);

export const removeEmbedderOperation = operation(contracts.removeEmbedder, (_, context) =>
  service.removeEmbedder(context),
);

export const testEmbedderOperation = operation(contracts.testEmbedder, ({ body }, context) =>
  service.testEmbedder(context, body),
);

export const controlIndexingOperation = operation(contracts.controlIndexing, ({ body }, context) =>
  service.controlIndexing(context, body.action),
);
