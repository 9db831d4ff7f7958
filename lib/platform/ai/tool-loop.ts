import type { ModelTool } from "./answer-model";

/** Rounds of tools before a model has to answer, and calls in one round: a loop costs money (T64). */
export const ROUNDS_MAX = 3;
const CALLS_MAX = 4;
const RESULT_MAX = 8_000;

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: it may be broken. */
  readonly input: string;
}

async function runTool(tools: readonly ModelTool[], call: ToolCall): Promise<string> {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool) {
    return "error: no such tool";
  }
  let input: unknown;
  try {
    input = JSON.parse(call.input === "" ? "{}" : call.input);
  } catch {
    return "error: the arguments are not valid JSON";
  }
  try {
    return (await tool.run(input)).slice(0, RESULT_MAX);
  } catch {
    return "error: the tool failed";
  }
}

/** Runs what a model asked for and gives one result for each call, in order: a provider refuses a missing one. */
export async function runTools(
  tools: readonly ModelTool[],
  calls: readonly ToolCall[],
): Promise<{ readonly id: string; readonly result: string }[]> {
  const results: { id: string; result: string }[] = [];
  for (const [index, call] of calls.entries()) {
    const result = index < CALLS_MAX ? await runTool(tools, call) : "error: too many calls at once";
    results.push({ id: call.id, result });
  }
  return results;
}
