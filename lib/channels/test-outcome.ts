/** What a test may find wrong; each has its sentence in the messages `channel-kinds.tests`. */
export const TEST_FINDINGS = [
  /** A secret or a field that the platform needs is empty; `detail` names it. */
  "incomplete",
  /** Nobody answers at the platform's address. */
  "unreachable",
  /** The platform does not accept the credentials. */
  "credentials_refused",
  /** The platform wants this server's address on its list; `detail` is the address where the platform tells it. */
  "address_not_listed",
  /** The account may not do what is needed (unverified account, missing permission). */
  "not_permitted",
  /** Anything else that the platform said; `detail` in its own words. */
  "platform_error",
] as const;
export type TestFinding = (typeof TEST_FINDINGS)[number];

/** Outcome of a test. `detail` must not hold a secret. */
export type TestOutcome =
  | { readonly kind: "works"; readonly detail?: string | undefined }
  | {
      readonly kind: "broken";
      readonly finding: TestFinding;
      readonly detail?: string | undefined;
      /** The platform's own number, for advice (lib/channels/test-advice.ts). */
      readonly code?: number | undefined;
    };
