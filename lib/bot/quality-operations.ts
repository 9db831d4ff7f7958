import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./quality-contracts";
import { getQuality } from "./quality-queries";

export const getQualityOperation = operation(contracts.getQuality, ({ query }, context) => getQuality(context, query));
