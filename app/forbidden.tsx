import { ShieldX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What definePage shows to somebody whose role may not see a page (status 403). */
export default async function Forbidden() {
  const t = await getTranslations("shell.forbidden");
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={<ShieldX aria-hidden />}
        title={<span className="text-lg">{t("title")}</span>}
        body={t("body")}
        action={
          <Button asChild variant="primary">
            <Link href="/desk">{t("home")}</Link>
          </Button>
        }
      />
    </main>
  );
}
