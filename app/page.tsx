import { ArrowRight, Headset, MessageCircle, Store } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PreferencesMenu } from "@/components/shell/preferences-menu";
import { BrandMark } from "@/components/ui/brand-mark";
import { isInstalled } from "@/lib/identity/install-service";
import { database } from "@/lib/platform/database/database";
import { currentContext } from "@/lib/web/session";

interface DoorProps {
  href: string;
  icon: ReactNode;
  title: string;
  body: string;
  action: string;
}

/** One way in, as a card that is a link. A plain link: the chat and the demo are no pages of the same client. */
function Door({ href, icon, title, body, action }: DoorProps) {
  return (
    <li className="flex">
      <a
        href={href}
        className="group flex w-full flex-col rounded-md border border-line bg-surface p-5 transition-colors hover:border-line-strong"
      >
        <span className="inline-flex size-10 items-center justify-center rounded-md bg-accent-soft text-accent-ink">
          {icon}
        </span>
        <span className="mt-4 font-semibold text-lg">{title}</span>
        <span className="mt-1 mb-4 text-ink-muted text-pretty">{body}</span>
        <span className="mt-auto flex items-center gap-1.5 font-medium text-accent-ink">
          {action}
          <ArrowRight aria-hidden className="size-4 transition-transform group-hover:translate-x-0.5" />
        </span>
      </a>
    </li>
  );
}

/** Whoever works here goes to their own page; everybody else sees what there is to try. */
export default async function StartPage() {
  const context = await currentContext();
  if (context) {
    redirect(context.actor.role === "admin" ? "/admin" : "/desk");
  }
  if (!(await isInstalled(database()))) {
    redirect("/install");
  }
  const [t, common] = await Promise.all([getTranslations("welcome"), getTranslations("common")]);
  const doors = [
    { href: "/chat", icon: MessageCircle, title: t("chat.title"), body: t("chat.body"), action: t("chat.action") },
    { href: "/demo", icon: Store, title: t("demo.title"), body: t("demo.body"), action: t("demo.action") },
    { href: "/login", icon: Headset, title: t("desk.title"), body: t("desk.body"), action: t("desk.action") },
  ];
  const small = "rounded-sm text-ink-muted underline-offset-4 hover:text-ink hover:underline";
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <header className="mx-auto flex h-14 w-full max-w-5xl items-center justify-between px-5 sm:px-8">
        <span className="flex items-center gap-2 font-semibold text-lg">
          <BrandMark className="size-7" />
          {common("product")}
        </span>
        <PreferencesMenu />
      </header>
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col justify-center px-5 py-10 sm:px-8">
        <h1 className="max-w-2xl font-semibold text-[2rem] leading-tight tracking-tight text-balance sm:text-[2.75rem]">
          {t("heading")}
        </h1>
        <p className="mt-4 max-w-xl text-ink-muted text-lg text-pretty">{t("lead")}</p>
        <ul className="mt-10 grid gap-4 md:grid-cols-3">
          {doors.map(({ href, icon: Icon, ...words }) => (
            <Door key={href} href={href} icon={<Icon aria-hidden className="size-5" />} {...words} />
          ))}
        </ul>
      </main>
      <footer className="mx-auto flex w-full max-w-5xl flex-wrap items-center gap-x-5 gap-y-2 px-5 py-6 text-sm sm:px-8">
        <span className="text-ink-subtle">{t("developers")}</span>
        <Link href="/docs" className={small}>
          {t("api")}
        </Link>
        <a href="/api/openapi.json" className={small}>
          {t("openapi")}
        </a>
        <a href="/api/health" className={small}>
          {t("health")}
        </a>
      </footer>
    </div>
  );
}
