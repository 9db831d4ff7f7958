import { z } from "zod";
import { role } from "./permissions";

export const presence = z.enum(["online", "away", "offline"]);
export type Presence = z.infer<typeof presence>;

/** Fewest characters of a password, as NIST SP 800-63B advises; no composition rules. */
export const PASSWORD_MIN = 8;
export const password = z.string().min(PASSWORD_MIN).max(200);

export const agent = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  skills: z.array(z.string()),
  languages: z.array(z.string()),
  capacity: z.number().int(),
  disabled: z.boolean(),
  presence,
  /** Conversations assigned and not ended. */
  openCount: z.number().int(),
  avatarUrl: z.string().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Agent = z.infer<typeof agent>;

const agentFields = z.object({
  name: z.string().trim().min(1).max(60),
  role,
  capacity: z.number().int().min(1).max(50),
  skills: z.array(z.string().trim().min(1).max(40)).max(20),
  languages: z.array(z.string().trim().min(2).max(10)).max(10),
});

export const agentInput = agentFields.extend({
  email: z.email().max(200),
  role: role.default("agent"),
  capacity: agentFields.shape.capacity.default(5),
  skills: agentFields.shape.skills.default([]),
  languages: agentFields.shape.languages.default([]),
});

/** Only what is sent is changed: no defaults, which in zod 4 would also fill a field that was left out. */
export const agentPatch = agentFields
  .partial()
  .extend({ disabled: z.boolean().optional(), password: password.optional() });

export const merchantSummary = z.object({
  id: z.string(),
  kind: z.enum(["platform", "merchant"]),
  slug: z.string(),
  name: z.string(),
  timezone: z.string(),
});
export type MerchantSummary = z.infer<typeof merchantSummary>;

/** Who is signed in, for the shell. */
export const me = z.object({
  userId: z.string(),
  agentId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  presence,
  capacity: z.number().int(),
  avatarUrl: z.string().nullable(),
  merchant: merchantSummary,
  /** Merchants this person may switch to. */
  merchants: z.array(merchantSummary),
  /** Runs the platform: sees all merchants. */
  platformAdmin: z.boolean(),
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof me>;
