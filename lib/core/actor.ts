/** Roles of a person who signs in; what each may do stands in lib/identity/permissions.ts. */
export type ActorRole = "admin" | "supervisor" | "agent";

/**
 * Who is doing something. Every use case and query takes its scope from here, never from a request's body: an id that
 * a client sends cannot widen what it sees.
 */
export type Actor =
  | {
      readonly kind: "agent";
      readonly userId: string;
      /** Membership at `merchantId`: the id that conversations are assigned to. */
      readonly agentId: string;
      readonly merchantId: string;
      readonly role: ActorRole;
      readonly name: string;
    }
  | {
      readonly kind: "visitor";
      readonly merchantId: string;
      readonly channelId: string;
      readonly customerId: string;
      readonly identityId: string;
      /** Who they are where their session began, while another merchant serves them. */
      readonly home?: { readonly merchantId: string; readonly customerId: string };
    }
  | {
      readonly kind: "key";
      readonly keyId: string;
      readonly merchantId: string;
      readonly scopes: readonly string[];
      readonly name: string;
    }
  | {
      readonly kind: "bot";
      readonly merchantId: string;
      /** Where it answers, and whether it knows the customer for sure; left out where it answers nobody. */
      readonly channelId?: string;
      readonly signedIn?: boolean;
    }
  | { readonly kind: "system"; readonly merchantId: string | null }
  | { readonly kind: "anonymous" };

export type ActorKind = Actor["kind"];
export type ActorOf<Kind extends ActorKind> = Extract<Actor, { kind: Kind }>;
