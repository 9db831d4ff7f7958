/** A credential as the platform just gave it. */
export interface FreshToken {
  readonly value: string;
  readonly expiresInSeconds: number;
}

/** The short-lived credentials of a channel, one of each name for all processes. */
export interface TokenSource {
  /**
   * The token of this name; `fetchToken` is asked for one when there is none or its end is near. One caller over all
   * processes asks the platform, the others wait for what it gets. What `fetchToken` throws is thrown here.
   */
  get(name: string, fetchToken: () => Promise<FreshToken>): Promise<string>;
  /** The platform no longer takes this value: the next `get` fetches another, unless that happened meanwhile. */
  refuse(name: string, value: string): Promise<void>;
}
