import { SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("shell.notFound");
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={<SearchX aria-hidden />}
        heading="h1"
        title={<span className="text-lg">{t("title")}</span>}
        body={t("body")}
        action={
          <Button asChild variant="primary">
            <Link href="/">{t("home")}</Link>
          </Button>
        }
      />
    </main>
  );
}
