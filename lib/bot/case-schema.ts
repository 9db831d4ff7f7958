import { z } from "zod";
import { says } from "./playground-contracts";

export const REPLY_KINDS = ["answer", "choices", "handoff_offer", "handoff", "small_talk"] as const;

/** What should come of a case's last turn; all that is said must hold. */
export const expectation = z
  .object({
    kind: z.enum(REPLY_KINDS).optional(),
    /** The answer cites this entry, or the choices offer it. */
    entryId: z.string().min(1).max(40).optional(),
    contains: z.string().trim().min(1).max(200).optional(),
    excludes: z.string().trim().min(1).max(200).optional(),
  })
  .refine((wanted) => Object.values(wanted).some((value) => value !== undefined), { error: "required" });
export type Expectation = z.infer<typeof expectation>;

export const caseInput = z.object({
  says,
  expected: expectation,
  note: z.string().trim().max(200).default(""),
});
export type CaseInput = z.infer<typeof caseInput>;

/** What of a case is to change; what is left out stays. */
export const caseEdit = z.object({
  says: says.optional(),
  /** As a whole: what it leaves out is no longer expected. */
  expected: expectation.optional(),
  note: z.string().trim().max(200).optional(),
  /** Version that was read; without it the last writer wins. */
  version: z.int().optional(),
});
export type CaseEdit = z.infer<typeof caseEdit>;

export const botCase = z.object({
  id: z.string(),
  version: z.int(),
  says: z.array(z.string()),
  expected: expectation,
  /** The expected entry's question, for people. */
  entryQuestion: z.string().nullable(),
  note: z.string(),
});
export type BotCase = z.infer<typeof botCase>;

/** What a case gave in a run. */
export const caseResult = z.object({
  caseId: z.string(),
  /** The case's own, when it was asked: another question is not compared with what came of this one. */
  version: z.int().default(1),
  says: z.array(z.string()),
  passed: z.boolean(),
  kind: z.string(),
  text: z.string(),
  entryId: z.string().nullable(),
  confidence: z.number().nullable(),
});
export type CaseResult = z.infer<typeof caseResult>;

export const runSummary = z.object({
  id: z.string(),
  cause: z.enum(["publish", "manual"]),
  total: z.number().int(),
  passed: z.number().int(),
  ms: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** One case whose outcome is another than in the run before. */
export const caseChange = z.object({
  caseId: z.string(),
  says: z.array(z.string()),
  change: z.enum(["broke", "mended", "differs", "edited", "new"]),
  before: caseResult.nullable(),
  after: caseResult,
});
export type CaseChange = z.infer<typeof caseChange>;

export const botRun = runSummary.extend({
  failed: z.array(caseResult),
  /** Against the run before it. */
  changes: z.array(caseChange),
});
export type BotRun = z.infer<typeof botRun>;

/** Most cases of one merchant. */
export const CASES_MAX = 500;
