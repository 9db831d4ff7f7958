import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import { isAllowedHost, isPrivateAddress } from "@/lib/platform/http/guarded-fetch";
import type { SettingsOf } from "@/lib/settings/definition";
import type { alertSettings } from "./alert-settings-schema";

type MailServer = Pick<
  SettingsOf<typeof alertSettings>,
  "smtpHost" | "smtpPort" | "smtpSecure" | "smtpUser" | "smtpPassword" | "smtpFrom"
>;

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

const PATIENCE_MS = 10_000;

/** The mail server's address is one that nobody may reach from here. */
export class MailRefused extends Error {}

/** True when the merchant has a server and a sender's address. */
export function canMail({ smtpHost, smtpFrom, smtpUser }: MailServer): boolean {
  return smtpHost !== "" && (smtpFrom || smtpUser) !== "";
}

/** The address to connect to, so that the one that was checked is the one that is used. @throws MailRefused */
async function addressOf(host: string, port: number): Promise<string> {
  if (isAllowedHost(`${host}:${port}`)) {
    return host;
  }
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true });
  const refused = found.some(({ address }) => isPrivateAddress(address));
  if (refused || !found[0]) {
    throw new MailRefused("address not allowed");
  }
  return found[0].address;
}

/** Sends a plain text by the merchant's own mail server. @throws MailRefused; what the server answers */
export async function sendMail(server: MailServer, { to, subject, text }: Mail): Promise<void> {
  const { smtpHost, smtpPort, smtpSecure, smtpUser, smtpPassword, smtpFrom } = server;
  const transport = createTransport({
    host: await addressOf(smtpHost, smtpPort),
    port: smtpPort,
    secure: smtpSecure,
    // A password never goes out in the open: without encryption only who needs none may send.
    requireTLS: !smtpSecure && smtpUser !== "",
    tls: { servername: smtpHost },
    ...(smtpUser && { auth: { user: smtpUser, pass: smtpPassword } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from: smtpFrom || smtpUser, to: [...to], subject, text });
  } finally {
    transport.close();
  }
}
