import { describe, expect, it } from "vitest";
import * as budgets from "./architecture/budgets";
import * as constructs from "./architecture/constructs";
import * as layers from "./architecture/layers";
import * as messages from "./architecture/messages";
import { readSources, type SourceFile } from "./architecture/source";
import * as supply from "./architecture/supply";

interface Rule {
  readonly name: string;
  /** Why the rule is there, for whoever meets it. */
  readonly reason: string;
  /** The places that break it. */
  readonly violations: (sources: readonly SourceFile[]) => string[];
}

/** The house's rules, all in one table. The design's section 1 and 11 say the same in words. */
const rules: readonly Rule[] = [
  {
    name: "imports point from the outside in",
    reason: "a layer that knows the one above it can be neither tested nor used without it",
    violations: layers.importsAgainstLayers,
  },
  {
    name: "a domain imports only earlier domains",
    reason: "one order keeps the domains a line instead of a knot",
    violations: layers.importsAgainstDomainOrder,
  },
  {
    name: "a domain is entered through its doors",
    reason: "what stands behind service, queries, schema, contracts and permissions can then be changed freely",
    violations: layers.importsPastTheDoor,
  },
  {
    name: "components load nothing that belongs on the server",
    reason: "the browser must get neither secrets nor the weight of the database driver",
    violations: layers.componentsWithServerCode,
  },
  {
    name: "only lib/web knows the framework",
    reason: "use cases run in a request, a job, a command and a test alike",
    violations: layers.frameworkOutsideWeb,
  },
  {
    name: "core and events are pure",
    reason: "everything stands on them, in the browser too",
    violations: layers.impureCore,
  },
  {
    name: "production code imports no test code",
    reason: "what is made for tests is not made to be safe",
    violations: layers.testCodeInProduction,
  },
  {
    name: "no import circles",
    reason: "a circle is one module in several files, and its start order is luck",
    violations: layers.importCircles,
  },
  { name: "files of 400 lines at most", reason: "a longer one has two subjects", violations: budgets.longFiles },
  { name: "route files of 30 lines at most", reason: "a route binds, it does not do", violations: budgets.longRoutes },
  {
    name: "functions of 60 lines at most",
    reason: "one screen, so that it can be read as a whole",
    violations: budgets.longFunctions,
  },
  {
    name: "no file named for nothing",
    reason: "utils, helpers, types and the like collect what nobody finds again; index files hide where things are",
    violations: budgets.vaguelyNamedFiles,
  },
  {
    name: "two lines of a hundred copied at most",
    reason: "a copy is mended in one place and stays broken in the other",
    violations: budgets.duplicatedLines,
  },
  { name: "no any", reason: "it switches the compiler off where it is needed most", violations: constructs.anyTypes },
  { name: "no non-null assertion", reason: "it is a claim nobody checks", violations: constructs.nonNullAssertions },
  {
    name: "no console",
    reason: "the log has levels, request ids, and leaves secrets out",
    violations: constructs.consoleCalls,
  },
  {
    name: "the environment is read in lib/platform/env only",
    reason: "settings are parsed once and wrong ones are told at the start",
    violations: constructs.environmentReads,
  },
  {
    name: "our own modules are not mocked",
    reason: "a test of a mock proves the mock",
    violations: constructs.mockedOwnModules,
  },
  { name: "no skipped test", reason: "it looks like a guarantee and is none", violations: constructs.skippedTests },
  { name: "no sleep in a test", reason: "wait for what happens, not for a time", violations: constructs.sleepsInTests },
  {
    name: "no silenced compiler and no promise in a comment",
    reason: "what is left to do belongs in an issue",
    violations: constructs.bannedComments,
  },
  {
    name: "no text for people in the code",
    reason: "every text has a Chinese and an English wording, in the messages",
    violations: constructs.literalUserText,
  },
  {
    name: "every message stands in every language, with the same placeholders",
    reason: "a missing text shows its key to a visitor",
    violations: messages.unevenMessages,
  },
  { name: "every message that is used exists", reason: "as above", violations: messages.unknownMessages },
  { name: "every error has its text", reason: "as above", violations: messages.unknownErrorReasons },
  {
    name: "Next is 16.2.6 or newer",
    reason: "older ones open connections for an attacker (CVE-2026-44578)",
    violations: supply.unsafeNext,
  },
  { name: "exact versions", reason: "what was tested is what is installed", violations: supply.looseVersions },
  {
    name: "the lockfile names no registry",
    reason: "installs work behind any mirror",
    violations: supply.fixedRegistries,
  },
  {
    name: "the lockfile serves every platform",
    reason:
      "npm ci refuses one that lacks another platform's optional packages; scripts/complete-lockfile.mjs adds them",
    violations: supply.incompleteLockfile,
  },
];

describe("architecture", () => {
  const sources = readSources();

  it("finds the project's sources", () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  it.each(rules)("$name", ({ reason, violations }) => {
    expect(violations(sources), `because ${reason}`).toEqual([]);
  });
});
