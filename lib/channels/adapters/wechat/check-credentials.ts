import { type AdapterContext, ChannelError } from "../../adapter";
import type { TestOutcome } from "../../test-outcome";
import { answerOf, fetchToken, request, WeixinError } from "./platform";
import type { WeixinConfig } from "./schema";

/** Address that the platform names in "invalid ip 1.2.3.4 …, not in whitelist". */
const ADDRESS = /invalid ip ([0-9a-f.:]+)/i;

function findingOf(error: ChannelError): TestOutcome {
  const detail = error.message;
  if (error instanceof WeixinError && error.code === 40164) {
    return { kind: "broken", finding: "address_not_listed", detail: ADDRESS.exec(detail)?.[1] ?? detail };
  }
  const code = error instanceof WeixinError ? error.code : undefined;
  if (error.reason === "unreachable") {
    return { kind: "broken", finding: "unreachable", detail };
  }
  if (error.reason === "no_permission") {
    return { kind: "broken", finding: "not_permitted", detail, code };
  }
  return { kind: "broken", finding: error.kind === "auth" ? "credentials_refused" : "platform_error", detail, code };
}

/** Asks for a token with the credentials and uses it once; nothing that a customer sees. */
export async function testCredentials(context: AdapterContext<WeixinConfig>): Promise<TestOutcome> {
  const missing = [
    ...(context.config.appId ? [] : ["appId"]),
    ...["appSecret", "token"].filter((name) => !context.secrets[name]),
    ...(context.config.requireEncryption && !context.secrets["encodingAesKey"] ? ["encodingAesKey"] : []),
  ];
  if (missing.length > 0) {
    return { kind: "broken", finding: "incomplete", detail: missing.join(", ") };
  }
  try {
    // Not the token that is held: the secret may have been changed since.
    const { value } = await fetchToken(context, false);
    await answerOf(await request(context, `/cgi-bin/get_api_domain_ip?access_token=${encodeURIComponent(value)}`));
    return { kind: "works", detail: context.config.appId };
  } catch (error) {
    if (error instanceof ChannelError) {
      return findingOf(error);
    }
    throw error;
  }
}
