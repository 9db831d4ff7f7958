import { install as contract } from "@/lib/identity/install-contracts";
import { install } from "@/lib/identity/install-service";
import { operation } from "@/lib/platform/http/handler";
import { insertFirstChannel } from "./first-channel";

/** Sets up: merchant, administrator, and a web channel that can be tried at once. */
export const installOperation = operation(contract, async ({ body }, context) => {
  const { email } = await install(context, body, (tx, id) =>
    insertFirstChannel(tx, { id, name: body.merchantName, locale: body.locale }, context.now()),
  );
  return { email };
});
