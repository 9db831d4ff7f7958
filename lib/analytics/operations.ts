import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { getLiveNumbers } from "./live-queries";
import { listRatings } from "./queries";

export const getLiveNumbersOperation = operation(contracts.getLiveNumbers, (_, context) => getLiveNumbers(context));

export const listRatingsOperation = operation(contracts.listRatings, ({ query }, context) =>
  listRatings(context, query),
);
