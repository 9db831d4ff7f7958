import { expect, it } from "vitest";
import { toldState } from "./told-state";

const at = (time: string) => `2026-05-01T${time}:00.000Z`;
const now = Date.parse(at("12:00"));

it.each([
  [null, null, "everyone", "told"],
  [at("12:00"), at("12:01"), "customers", "told"],
  [at("12:01"), null, "everyone", "upcoming"],
  [null, at("12:00"), "agents", "expired"],
  [null, null, "agents", "internal"],
] as const)("an entry from %s until %s for %s is %s", (validFrom, validUntil, audience, state) => {
  expect(toldState({ validFrom, validUntil, audience }, now)).toBe(state);
});
