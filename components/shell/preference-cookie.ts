/**
 * Keeps a choice of this person in this browser for a year. Only for choices that are no secret: the cookie is
 * readable by scripts, and the server reads it to render the page right at once.
 */
export function rememberPreference(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari before 18.4 and WeChat's browser
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${secure}`;
}

/** What was remembered under a name, or undefined. */
export function readPreference(name: string): string | undefined {
  const value = document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return value === undefined ? undefined : decodeURIComponent(value);
}
