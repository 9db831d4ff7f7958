import path from "node:path";
import { describe, expect, it } from "vitest";
import { failuresOfPlaywright, failuresOfVitest } from "./failures.mjs";

const file = path.resolve(import.meta.dirname, "../../lib/core/text.test.ts");

describe("what failed, said once more at the end of npm test", () => {
  it("names each failed test of vitest with the first line of its error", () => {
    const passed = { status: "passed", fullName: "passes", failureMessages: [] };
    const failed = {
      status: "failed",
      fullName: "cuts text",
      failureMessages: ["\nAssertionError: 1 is not 2\n at x"],
    };
    const report = { testResults: [{ name: file, status: "failed", assertionResults: [passed, failed] }] };
    expect(failuresOfVitest(report)).toEqual(["lib/core/text.test.ts › cuts text › AssertionError: 1 is not 2"]);
  });

  it("names a file that could not be loaded", () => {
    const report = { testResults: [{ name: file, status: "failed", message: "No such module", assertionResults: [] }] };
    expect(failuresOfVitest(report)).toEqual(["lib/core/text.test.ts ›  › No such module"]);
  });

  it("names each failed journey of Playwright, however deep its group", () => {
    const results = [{ status: "failed", error: { message: "Timed out" } }];
    const failed = {
      file: "chat.spec.ts",
      line: 7,
      title: "asks",
      tests: [{ projectName: "phone-zh", status: "unexpected", results }],
    };
    const report = { suites: [{ suites: [{ specs: [failed] }] }] };
    expect(failuresOfPlaywright(report)).toEqual(["[phone-zh] chat.spec.ts:7 › asks › Timed out"]);
  });

  it("has nothing to say when there is no report", () => {
    expect([...failuresOfVitest(undefined), ...failuresOfPlaywright(undefined)]).toEqual([]);
  });
});
