import { type PushState, readPushState, turnPushOff, turnPushOn } from "@/components/push/browser-push";
import * as endpoints from "../transport/endpoints";
import type { Requester } from "../transport/request";

const SCOPE = "/chat";

/**
 * Turns pushes of replies on or off in this browser and tells the server of it.
 *
 * @returns how it stands then: a person may say no to the browser's question
 * @throws RequestFailure, or DOMException when the browser's push service cannot be reached
 */
export async function setVisitorPush(request: Requester, wanted: boolean): Promise<PushState> {
  if (wanted) {
    const key = async () => (await request(endpoints.getPushKey, {})).publicKey;
    const address = await turnPushOn(SCOPE, key);
    if (address) {
      await request(endpoints.subscribePush, { body: address });
    }
  } else {
    const endpoint = await turnPushOff(SCOPE);
    if (endpoint) {
      await request(endpoints.unsubscribePush, { body: { endpoint } });
    }
  }
  return readPushState(SCOPE);
}
