import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { merchants } from "./merchants";

export const role = pgEnum("role", ["admin", "supervisor", "agent"]);
export const presenceStatus = pgEnum("presence_status", ["online", "away", "offline"]);

/** A person who signs in. What they may do stands in their memberships. */
export const users = pgTable(
  "users",
  {
    id: primaryId(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    nameByLocale: jsonb("name_by_locale").$type<Record<string, string>>().notNull().default({}),
    passwordHash: text("password_hash").notNull(),
    locale: text("locale"),
    avatarFileId: text("avatar_file_id"),
    disabled: boolean("disabled").notNull().default(false),
    /** Raised to end every session of the user at once (password change, disabling). */
    sessionVersion: integer("session_version").notNull().default(1),
    /** Shared secret of the authenticator app, sealed; null: no second step. */
    totpSecret: text("totp_secret"),
    /** The last 30-second step whose code was taken: no code counts twice. */
    totpLastStep: integer("totp_last_step"),
    /** SHA-256 of each recovery code that is left. */
    recoveryCodes: text("recovery_codes").array().notNull().default(sql`'{}'`),
    failedLogins: integer("failed_logins").notNull().default(0),
    lockedUntil: moment("locked_until"),
    lastLoginAt: moment("last_login_at"),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("users_email_unique").on(sql`lower(${table.email})`)],
);

/** A person's place at one merchant: the "agent" that conversations are assigned to (`agt_…`). */
export const memberships = pgTable(
  "memberships",
  {
    id: primaryId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    role: role("role").notNull().default("agent"),
    skills: text("skills").array().notNull().default(sql`'{}'`),
    languages: text("languages").array().notNull().default(sql`'{}'`),
    /** Most open conversations at once (`max_concurrent_chats` of seed 003). */
    capacity: integer("capacity").notNull().default(5),
    disabled: boolean("disabled").notNull().default(false),
    /** Made when an administrator of the platform entered: it counts only for as long as they are one. */
    visiting: boolean("visiting").notNull().default(false),
    /** Presence lives on the row that routing locks, so that "is online and has room" is one consistent read. */
    presence: presenceStatus("presence").notNull().default("offline"),
    presenceChangedAt: moment("presence_changed_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at"),
    /** Last key or pointer on a desk; null while no desk of theirs has told, and then presence is changed by hand only. */
    lastActiveAt: moment("last_active_at"),
    /** True when the server changed the presence (idle, connection lost): it comes back by itself. */
    presenceAuto: boolean("presence_auto").notNull().default(false),
    /** Longest idle first: the tie-breaker of assignment. */
    lastAssignedAt: moment("last_assigned_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("memberships_user_merchant").on(table.userId, table.merchantId),
    index("memberships_merchant_presence").on(table.merchantId, table.presence),
  ],
);

/** Server-to-server keys. Only a SHA-256 of the secret is kept; the prefix lets an admin tell keys apart. */
export const apiKeys = pgTable("api_keys", {
  id: primaryId(),
  merchantId: text("merchant_id")
    .notNull()
    .references(() => merchants.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  hash: text("hash").notNull().unique(),
  scopes: text("scopes").array().notNull().default(sql`'{}'`),
  createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
  lastUsedAt: moment("last_used_at"),
  revokedAt: moment("revoked_at"),
  createdAt: createdAt(),
});

/** Failed sign-ins by address and account: captcha and lock-out count these, in every process alike. */
export const loginAttempts = pgTable(
  "login_attempts",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    email: text("email").notNull(),
    ip: text("ip").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("login_attempts_email").on(table.email, table.createdAt),
    index("login_attempts_ip").on(table.ip, table.createdAt),
  ],
);

/** A place at a merchant that waits for its person: whoever opens the link before it ends chooses name and password. */
export const invitations = pgTable(
  "invitations",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: role("role").notNull().default("agent"),
    capacity: integer("capacity").notNull().default(5),
    /** SHA-256 of the link's secret. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: text("invited_by").references(() => users.id, { onDelete: "set null" }),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    createdAt: createdAt(),
  },
  (table) => [index("invitations_merchant").on(table.merchantId, table.createdAt.desc().nullsFirst())],
);

/** A group of a merchant's agents that conversations are handed to as a whole. */
export const teams = pgTable(
  "teams",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("teams_merchant_name").on(table.merchantId, sql`lower(${table.name})`)],
);

export const teamMembers = pgTable(
  "team_members",
  {
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    agentId: text("agent_id")
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    /** `lead`: told with the supervisors when a customer of the team waits too long. */
    role: text("role").notNull().default("member"),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.agentId] }),
    index("team_members_agent").on(table.agentId, table.teamId),
  ],
);
