import { z } from "zod";
import { type AppCredentials, isSignature, signUser } from "./auth-signature";
import { USER_ID_CHARACTERS } from "./channel-name";
import { CLOSE_CODE } from "./close-code";
import type { Connection, SignedInUser } from "./connection";
import { errorFrame, frame } from "./frame";
import type { RealtimeHub } from "./hub";

const request = z.object({ auth: z.string().max(200), user_data: z.string().min(1) });
const userData = z.object({ id: z.string().min(1).max(USER_ID_CHARACTERS), user_info: z.unknown().optional() });

function readUser(text: string): SignedInUser | undefined {
  try {
    const { id, user_info: info } = userData.parse(JSON.parse(text));
    return { id, infoJson: info === undefined ? undefined : JSON.stringify(info) };
  } catch {
    return undefined;
  }
}

/**
 * `pusher:signin`: the app server vouches for who the socket is (protocols/07, section 7.7). Afterwards the client may
 * subscribe to its own `#server-to-user-` channel. A bad one gets `pusher:error` 4009 and keeps its socket.
 */
export function signIn(hub: RealtimeHub, app: AppCredentials, connection: Connection, data: unknown): void {
  const refuse = (message: string): void => connection.send(errorFrame(CLOSE_CODE.unauthorized, message));
  const parsed = request.safeParse(data);
  if (!parsed.success) {
    refuse("Invalid sign-in");
    return;
  }
  const { auth, user_data: text } = parsed.data;
  if (!isSignature(auth, signUser(app, connection.socketId, text))) {
    refuse("The connection is unauthorized.");
    return;
  }
  const user = readUser(text);
  if (!user) {
    refuse("The user data needs an id");
    return;
  }
  if (!hub.signIn(connection, user)) {
    refuse("Already signed in as another user");
    return;
  }
  connection.send(frame({ event: "pusher:signin_success", data: { user_data: text } }));
}
