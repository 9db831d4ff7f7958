import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";

/** All groups of settings, each with what it is about. */
export async function SettingsList({ groups }: { groups: readonly string[] }) {
  const t = await getTranslations("settings");
  const text = (key: string) => t(key as Parameters<typeof t>[0]);
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {groups.map((group) => (
        <li key={group}>
          <Card className="relative flex h-full items-center gap-3 p-4 transition-colors focus-within:border-accent hover:border-line-strong">
            <div className="min-w-0 flex-1">
              <h2 className="font-medium">
                <Link
                  href={`/admin/settings/${group}`}
                  className="outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-focus"
                >
                  {text(`${group}.title`)}
                </Link>
              </h2>
              <p className="text-pretty text-ink-muted text-sm">{text(`${group}.description`)}</p>
            </div>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-subtle" />
          </Card>
        </li>
      ))}
    </ul>
  );
}
