import path from "node:path";
import { root } from "../up/paths.mjs";

/** Longest line said of a failed test, in characters; its whole report stands where it failed. */
const LINE = 400;

/**
 * One line for each failed test in a report of vitest's JSON reporter: file, name and the first line of its error.
 * @returns {string[]} empty without a report
 */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const place = path.relative(root, file.name);
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    const lines = failed.map((test) => line(place, test.fullName, test.failureMessages[0]));
    // A file that could not be loaded has no tests to name.
    return file.status === "failed" && lines.length === 0 ? [line(place, "", file.message)] : lines;
  });
}

/**
 * One line for each failed journey in a report of Playwright's JSON reporter: project, file, title, first line of its error.
 * @returns {string[]} empty without a report
 */
export function failuresOfPlaywright(report) {
  return specsOf(report?.suites ?? []).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map((test) => {
        const error = test.results.find(({ status }) => status !== "passed")?.error?.message;
        return line(`[${test.projectName}] ${spec.file}:${spec.line}`, spec.title, error);
      }),
  );
}

function specsOf(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);
}

function line(place, name, message) {
  const said = (message ?? "").split("\n").find((part) => part.trim() !== "") ?? "";
  return `${place} › ${name} › ${said.trim()}`.replaceAll("\u001b", "").slice(0, LINE);
}
