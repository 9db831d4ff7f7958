const LENGTH = 16;

/** A new id for a message of this page; 128 random bits, so two never meet. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `cli_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
