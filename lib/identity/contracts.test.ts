import { expect, it } from "vitest";
import { updateAgent } from "./contracts";

it("changes only what was sent: disabling an administrator does not make them an agent", () => {
  expect(updateAgent.body.parse({ disabled: true })).toEqual({ disabled: true });
  expect(updateAgent.body.parse({ name: "小林" })).toEqual({ name: "小林" });
});
