import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { listCustomers } from "./list-queries";
import { getCustomer } from "./queries";
import { updateCustomer } from "./service";

export const listCustomersOperation = operation(contracts.listCustomers, ({ query }, context) =>
  listCustomers(context, query),
);

export const getCustomerOperation = operation(contracts.getCustomer, ({ params }, context) =>
  getCustomer(context, params.id),
);

export const updateCustomerOperation = operation(contracts.updateCustomer, ({ params, body }, context) =>
  updateCustomer(context, params.id, body),
);
