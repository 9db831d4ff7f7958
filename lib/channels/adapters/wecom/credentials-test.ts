import { z } from "zod";
import { ChannelError, type TestOutcome } from "../../adapter";
import { accessToken, callKf, type WecomContext, WecomError } from "./platform";

/** Address that the platform names in "not allow to access from your ip, … from ip: 1.2.3.4". */
const ADDRESS = /from ip:\s*([0-9a-f.:]+)/i;

const accounts = z.object({
  account_list: z.array(z.object({ open_kfid: z.string(), name: z.string().default("") })).default([]),
});

function findingOf(error: ChannelError): TestOutcome {
  const detail = error.message;
  if (error instanceof WecomError && error.code === 60020) {
    return { kind: "broken", finding: "address_not_listed", detail: ADDRESS.exec(error.said)?.[1] ?? detail };
  }
  if (error.reason === "unreachable") {
    return { kind: "broken", finding: "unreachable", detail };
  }
  if (error.reason === "no_permission") {
    return { kind: "broken", finding: "not_permitted", detail };
  }
  return { kind: "broken", finding: error.kind === "auth" ? "credentials_refused" : "platform_error", detail };
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
    await accessToken(context);
    const { account_list: list } = await callKf(context, "account/list", { offset: 0, limit: 100 }, accounts);
    const own = list.filter(({ open_kfid: id }) => openKfId === "" || id === openKfId);
    return own.length > 0
      ? { kind: "works", detail: own.map(({ name, open_kfid: id }) => name || id).join(", ") }
      : { kind: "broken", finding: "not_permitted", detail: openKfId || corpId };
  } catch (error) {
    if (error instanceof ChannelError) {
      return findingOf(error);
    }
    throw error;
  }
}
