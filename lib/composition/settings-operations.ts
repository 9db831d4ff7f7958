import { operation } from "@/lib/platform/http/handler";
import * as contracts from "@/lib/settings/contracts";
import { SETTINGS } from "./settings";
import { changeGroup, readGroup } from "./settings-service";

export const listSettingsOperation = operation(contracts.listSettings, async () => ({
  items: SETTINGS.map(({ name, schema }) => ({ group: name, fields: Object.keys(schema.shape) })),
}));

export const getSettingsOperation = operation(contracts.getSettings, ({ params }, context) =>
  readGroup(context, params.group),
);

export const updateSettingsOperation = operation(contracts.updateSettings, ({ params, body }, context) =>
  changeGroup(context, params.group, { patch: body.values, version: body.version }),
);
