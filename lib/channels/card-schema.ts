export const CARD_KINDS = ["link", "miniprogram", "menu", "location", "contact"] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** A card that leads somewhere: to a web page, into a mini program, to a place, to a colleague. */
export interface OutboundCard<File> {
  readonly title: string;
  readonly description: string;
  /** The page; absent for a mini program. */
  readonly url?: string;
  readonly app?: { readonly appId: string; readonly path: string };
  /** A place on the map: `title` is its name, `description` its address. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** `url` is a link by which the customer adds a colleague (WeCom 获客链接). */
  readonly isContact?: true;
  readonly picture?: File;
}

/** A message of fixed wording, which the platform lets through at any time. */
export interface OutboundTemplate {
  readonly templateId: string;
  readonly kind: TemplateKind;
  /** What stands in for each field of the wording. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where a tap leads: a page, or a path of the mini program. */
  readonly page?: string;
}

/** `subscribe`: only to customers who agreed to it. */
export type TemplateKind = "template" | "subscribe";

/** A wording that the platform approved for this account. */
export interface PlatformTemplate {
  readonly templateId: string;
  readonly kind: TemplateKind;
  readonly title: string;
  /** With its fields as `{{name.DATA}}`. */
  readonly content: string;
  readonly fields: readonly string[];
}

/** So many messages of ours, for so long, after something that the customer did. */
export interface ReplyGrant {
  /** Kind of act: acts of different kinds are counted beside each other, a later one of a kind replaces the earlier. */
  readonly scene: string;
  readonly replies: number;
  readonly seconds: number;
}
