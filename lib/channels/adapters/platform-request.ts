import { type AdapterContext, ChannelError } from "../adapter";

/**
 * One request to a platform, without a token.
 *
 * @param base its address, or of what stands in for it
 * @throws ChannelError transient when nobody answers, or not in time; `auth` for 401 and 403; rejected for other statuses
 */
export async function requestPlatform(
  context: AdapterContext,
  base: string,
  path: string,
  init: RequestInit,
): Promise<Response> {
  const response = await context
    .fetch(`${base.replace(/\/+$/, "")}${path}`, { ...init, redirect: "error", signal: context.signal })
    .catch((error: unknown) => {
      // Never the error itself: its text may hold the address, and that the token.
      const name = error instanceof Error ? error.name : "error";
      throw new ChannelError("transient", `platform not reached: ${name}`, "unreachable");
    });
  if (response.status === 401 || response.status === 403) {
    throw new ChannelError("auth", `platform answered ${response.status}`, "auth");
  }
  if (response.status >= 300) {
    const isTransient = response.status >= 500 || response.status === 429 || response.status < 400;
    throw new ChannelError(isTransient ? "transient" : "rejected", `platform answered ${response.status}`);
  }
  return response;
}

/**
 * Calls with an access token; one that the platform no longer takes is replaced, once.
 *
 * @param tokens.get the token; `refused` names one that does not count any more
 * @param tokens.isStale whether an error says that of the token
 * @param call is given the path with the token in it
 */
export async function withToken<Result>(
  tokens: { readonly get: (refused?: string) => Promise<string>; readonly isStale: (error: unknown) => boolean },
  path: string,
  call: (path: string) => Promise<Result>,
): Promise<Result> {
  const withIt = (token: string) => `${path}${path.includes("?") ? "&" : "?"}access_token=${encodeURIComponent(token)}`;
  const token = await tokens.get();
  try {
    return await call(withIt(token));
  } catch (error) {
    if (!tokens.isStale(error)) {
      throw error;
    }
    return call(withIt(await tokens.get(token)));
  }
}
