import { listCustomers as listCustomersContract } from "@/lib/customers/contracts";
import { listCustomers } from "@/lib/customers/list-queries";
import type { Cell } from "@/lib/platform/export/table-file";
import { exportEndpoint } from "./export-endpoint";
import { everyRow, exportWords } from "./exports";

/** Customers under the filters of their list. Whoever takes addresses away looks after customers, not only serves them. */
export const exportCustomers = exportEndpoint({
  name: "customers",
  permission: "blocklist.manage",
  query: listCustomersContract.query.omit({ cursor: true, limit: true }),
  rows: async (context, query) => {
    const t = exportWords(context, "customers");
    const head = [
      "number",
      "name",
      "email",
      "phone",
      "city",
      "tags",
      "orders",
      "conversations",
      "lastMessage",
      "since",
    ] as const;
    const rows: (readonly Cell[])[] = [head.map((name) => t(name))];
    for await (const row of everyRow((page) => listCustomers(context, { ...query, ...page }))) {
      const { id, name, email, phone, city, tags, totalOrders, conversations, lastMessageAt, createdAt } = row;
      rows.push([id, name, email, phone, city, tags.join(" · "), totalOrders, conversations, lastMessageAt, createdAt]);
    }
    return rows;
  },
});
