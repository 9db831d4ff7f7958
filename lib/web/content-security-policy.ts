/**
 * sonner writes its style sheet into the head without a nonce. Its text is fixed for a version, so its hash is let in
 * instead of every inline style; content-security-policy.test.ts recomputes it from the installed package.
 */
export const TOAST_STYLE_HASH = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/** Hash of no text at all: sonner's style element is checked once while it is still empty. */
const EMPTY_STYLE_HASH = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export interface PolicyOptions {
  /** Fresh for each response; the only inline scripts and style elements that run carry it. */
  readonly nonce: string;
  /** React's development build needs eval. */
  readonly development: boolean;
  /** True when the person came over https, so that http parts of a page are upgraded. */
  readonly secure: boolean;
  /** Who may frame the page: "'self'" for desk and admin, a channel's allowed origins for the chat. */
  readonly frameAncestors: readonly string[];
  /** Origins beside our own that scripts may talk to: a hosted Pusher, object storage for uploads. */
  readonly connect?: readonly string[];
}

/**
 * The Content-Security-Policy of an HTML response (architecture.md section 10).
 *
 * Style attributes are allowed because server-rendered positions need them; style elements are not. Images may come
 * from any https origin: customers' avatars live on the channels' platforms.
 */
export function contentSecurityPolicy({
  nonce,
  development,
  secure,
  frameAncestors,
  connect = [],
}: PolicyOptions): string {
  const styles = development
    ? ["'unsafe-inline'"]
    : [`'nonce-${nonce}'`, `'${TOAST_STYLE_HASH}'`, `'${EMPTY_STYLE_HASH}'`];
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    // For browsers that do not know the two finer directives.
    "style-src": ["'self'", ...styles],
    "style-src-elem": ["'self'", ...styles],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", "https:"],
    "media-src": ["'self'", "blob:", "https:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...connect],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "frame-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": frameAncestors,
    ...(secure ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
