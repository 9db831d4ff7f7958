import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { placeOf } from "@/components/desk/address";
import { COLUMNS_COOKIE, parseColumnWidths } from "@/components/desk/column-widths";
import { DeskProvider } from "@/components/desk/desk-provider";
import { DeskScreen } from "@/components/desk/desk-screen";
import { DeskShell } from "@/components/desk/desk-shell";
import { definePage } from "@/lib/web/define-page";
import { deskFirstData } from "@/lib/web/desk-first-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: { absolute: t("title") } };
}

export default definePage({ permission: "conversations.read" }, async ({ context, searchParams }) => {
  const [{ me, first, agent, settings }, jar] = await Promise.all([
    deskFirstData(context, placeOf(searchParams)),
    cookies(),
  ]);
  return (
    <DeskProvider agent={agent} first={first} settings={settings}>
      <DeskShell me={me}>
        <DeskScreen initialColumns={parseColumnWidths(jar.get(COLUMNS_COOKIE)?.value)} />
      </DeskShell>
    </DeskProvider>
  );
});
