import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import * as queries from "./queries";
import * as service from "./service";

export const listNotificationsOperation = operation(contracts.listNotifications, ({ query }, context) =>
  queries.listNotifications(context, { ...query, unreadOnly: query.unread === "true" }),
);
export const readNotificationsOperation = operation(contracts.readNotifications, async ({ body }, context) => ({
  unread: await service.readNotifications(context, body),
}));
