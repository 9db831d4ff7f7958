import { AsyncLocalStorage } from "node:async_hooks";

const inside = new AsyncLocalStorage<true>();

/** Runs a rule's action: what it causes directly wakes no rule, so rules cannot feed each other. */
export function asRule<Result>(work: () => Promise<Result>): Promise<Result> {
  return inside.run(true, work);
}

/** True while a rule's action runs. */
export function isRuleActing(): boolean {
  return inside.getStore() === true;
}
