import { z } from "zod";

/** Where the customer is and came from, as their page told and their address says. */
export const customerContext = z.object({
  url: z.string().optional(),
  title: z.string().optional(),
  referrer: z.string().optional(),
  userAgent: z.string().optional(),
  campaign: z
    .object({ source: z.string().optional(), medium: z.string().optional(), name: z.string().optional() })
    .optional(),
  screen: z.string().optional(),
  language: z.string().optional(),
  timeZone: z.string().optional(),
  place: z.object({ country: z.string(), region: z.string(), city: z.string() }).optional(),
});

/** The customer profile of seed 003; amounts in minor units. */
export const customer = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Signed address of the picture that their platform shows. */
  avatarUrl: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  totalOrders: z.number().int(),
  totalSpentMinor: z.number().int(),
  lastPurchaseAt: z.iso.datetime().nullable(),
  /** Tickets they ever had. */
  ticketsCount: z.number().int(),
  satisfactionScore: z.number().nullable(),
  blockedAt: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  identities: z.array(
    z.object({ channelType: z.string(), channelName: z.string(), externalId: z.string(), verified: z.boolean() }),
  ),
  context: customerContext.nullable(),
  /** Pages of their visit that the last conversation came from, newest first. */
  pages: z.array(z.object({ url: z.string(), title: z.string(), at: z.iso.datetime() })),
  conversations: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      lastMessagePreview: z.string(),
      createdAt: z.iso.datetime(),
      stars: z.number().int().nullable(),
    }),
  ),
});
export type Customer = z.infer<typeof customer>;

export const customerPatch = z.object({
  name: z.string().trim().max(80).nullable().optional(),
  email: z.email().max(200).nullable().optional(),
  phone: z.string().trim().max(40).nullable().optional(),
  city: z.string().trim().max(60).nullable().optional(),
  tags: z.array(z.string().trim().min(1).max(40)).max(30).optional(),
  note: z.string().max(5_000).nullable().optional(),
});

/** A customer as a row of the list. */
export const customerListRow = customer
  .pick({
    id: true,
    name: true,
    avatarUrl: true,
    email: true,
    phone: true,
    city: true,
    tags: true,
    totalOrders: true,
    blockedAt: true,
    createdAt: true,
  })
  .extend({
    /** How many there are. */
    conversations: z.number().int(),
    /** The one that began last, and when something was said in it last. */
    lastConversationId: z.string().nullable(),
    lastMessageAt: z.iso.datetime().nullable(),
  });
export type CustomerListRow = z.infer<typeof customerListRow>;
