import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { InviteScreen } from "@/components/invite/invite-screen";
import { baseContext } from "@/lib/composition/base-context";
import { openInvitation } from "@/lib/identity/invitation-service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invite");
  // The address holds the secret: it goes to nobody else.
  return { title: t("accept"), referrer: "no-referrer", robots: { index: false } };
}

interface InvitePageProps {
  params: Promise<{ token: string }>;
}

/** Open to whoever holds the link: the link is the right. */
export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params;
  return <InviteScreen token={token} invitation={await openInvitation(baseContext(await headers()), token)} />;
}
