import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { ChannelError } from "./adapter";
import { type BoundAdapter, bindAdapter } from "./bind-service";
import { selectChannel } from "./repository";
import { adviceOf } from "./test-advice";
import type { TestFinding, TestOutcome } from "./test-outcome";

const FINDING_OF: Record<ChannelError["kind"], TestFinding> = {
  transient: "unreachable",
  auth: "credentials_refused",
  rejected: "platform_error",
};

/**
 * Asks the channel's platform whether the saved configuration works. Whatever goes wrong is an outcome with words for
 * it, never a failed request.
 *
 * @throws AppError not_found; invalid `channel_not_testable` for a kind without a platform
 */
export async function testChannel(context: Context, id: string): Promise<TestOutcome & { advice: string | null }> {
  const row = await selectChannel(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "channel_not_found");
  }
  const bound = await bindAdapter(context, row);
  const outcome = await askPlatform(context, id, bound);
  return { ...outcome, advice: adviceOf(context.locale, row.type, outcome) };
}

async function askPlatform(
  context: Context,
  id: string,
  { adapter, context: bound }: BoundAdapter,
): Promise<TestOutcome> {
  if (!adapter.test) {
    throw new AppError("invalid", "channel_not_testable");
  }
  try {
    return await adapter.test(bound);
  } catch (error) {
    if (error instanceof ChannelError) {
      return { kind: "broken", finding: FINDING_OF[error.kind], detail: error.message };
    }
    context.log.warn({ channelId: id, reason: String(error) }, "a channel's test failed");
    return { kind: "broken", finding: "platform_error", detail: error instanceof Error ? error.name : undefined };
  }
}
