import { z } from "zod";
import { ChannelError } from "../../adapter";
import type { TestFinding, TestOutcome } from "../../test-outcome";
import { callKf, fetchToken, type WecomContext, WecomError } from "./platform";

/** Address that the platform names in "not allow to access from your ip, … from ip: 1.2.3.4". */
const ADDRESS = /from ip:\s*([0-9a-f.:]+)/i;

/** What the platform says of an account that does not exist: this one is not on the app's list. */
const NO_ACCOUNT = 95004;

const accounts = z.object({
  account_list: z.array(z.object({ open_kfid: z.string(), name: z.string().default("") })).default([]),
});

function findingOf(error: ChannelError): TestOutcome {
  const detail = error.message;
  const code = error instanceof WecomError ? error.code : undefined;
  const broken = (finding: TestFinding): TestOutcome => ({ kind: "broken", finding, detail, code });
  if (error instanceof WecomError && code === 60020) {
    return { ...broken("address_not_listed"), detail: ADDRESS.exec(error.said)?.[1] ?? detail };
  }
  if (error.reason === "unreachable") {
    return broken("unreachable");
  }
  if (error.reason === "no_permission") {
    return broken("not_permitted");
  }
  return broken(error.kind === "auth" ? "credentials_refused" : "platform_error");
}

/** Asks for a token and for the accounts that it may use; nothing that a customer sees. */
export async function testCredentials(context: WecomContext): Promise<TestOutcome> {
  const { corpId, openKfId } = context.config;
  const missing = [
    ...(corpId ? [] : ["corpId"]),
    ...["corpSecret", "token", "encodingAesKey"].filter((name) => !context.secrets[name]),
  ];
  if (missing.length > 0) {
    return { kind: "broken", finding: "incomplete", detail: missing.join(", ") };
  }
  try {
    // Not the token that is held: the secret may have been changed since.
    await fetchToken(context);
    const { account_list: list } = await callKf(context, "account/list", { offset: 0, limit: 100 }, accounts);
    const own = list.filter(({ open_kfid: id }) => openKfId === "" || id === openKfId);
    return own.length > 0
      ? { kind: "works", detail: own.map(({ name, open_kfid: id }) => name || id).join(", ") }
      : { kind: "broken", finding: "not_permitted", detail: openKfId || corpId, code: NO_ACCOUNT };
  } catch (error) {
    if (error instanceof ChannelError) {
      return findingOf(error);
    }
    throw error;
  }
}
