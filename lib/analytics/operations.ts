import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { getLiveNumbers } from "./live-queries";
import { getOwnNumbers as ownContract } from "./own-contracts";
import { getOwnNumbers } from "./own-queries";
import { listRatings } from "./queries";

export const getLiveNumbersOperation = operation(contracts.getLiveNumbers, (_, context) => getLiveNumbers(context));

export const getOwnNumbersOperation = operation(ownContract, (_, context) => getOwnNumbers(context));

export const listRatingsOperation = operation(contracts.listRatings, ({ query }, context) =>
  listRatings(context, query),
);
