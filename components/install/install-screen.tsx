import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/shell/page-messages";
import { PreferencesMenu } from "@/components/shell/preferences-menu";
import { BrandMark } from "@/components/ui/brand-mark";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { InstallState } from "@/lib/identity/install-contracts";
import { DatabaseSteps } from "./database-steps";
import { InstallForm } from "./install-form";

export interface InstallCheck {
  readonly name: "node" | "database" | "realtime" | "ai" | "storage" | "mail" | "clock" | "secrets" | "settings";
  readonly state: "ok" | "off" | "bad";
  readonly mend: string | null;
  readonly value: string;
}

const ICONS = {
  ok: { Icon: CircleCheck, tone: "text-success-ink" },
  off: { Icon: CircleMinus, tone: "text-ink-subtle" },
  bad: { Icon: CircleX, tone: "text-danger-ink" },
} as const;

async function Checks({ checks }: { checks: readonly InstallCheck[] }) {
  const [t, doctor] = await Promise.all([getTranslations("install"), getTranslations("cli.doctor")]);
  return (
    <ul className="flex flex-col gap-3">
      {checks.map(({ name, state, mend, value }) => {
        const { Icon, tone } = ICONS[state];
        return (
          <li key={name} className="flex items-start gap-2.5">
            <Icon role="img" aria-label={t(state)} className={`mt-0.5 size-4.5 shrink-0 ${tone}`} />
            <div className="min-w-0 text-sm">
              <p className="font-medium">{doctor(name)}</p>
              {value ? <p className="break-all text-ink-muted">{value}</p> : null}
              {mend ? <p className="text-pretty">{doctor(mend as Parameters<typeof doctor>[0])}</p> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** A link, so that it works while nothing else does: the page examines everything anew. */
async function LookAgain() {
  const t = await getTranslations("install");
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="text-pretty">{t("unreachable")}</p>
      <Button asChild variant="primary" size="lg">
        <a href="/install">{t("lookAgain")}</a>
      </Button>
    </div>
  );
}

interface InstallScreenProps {
  readonly checks: readonly InstallCheck[];
  /** How far the tables are; undefined when the database cannot be asked. */
  readonly database: InstallState | undefined;
  readonly hasSamples: boolean;
}

/** The first page of a new installation: what it stands on, its tables, then who runs it. */
export async function InstallScreen({ checks, database, hasSamples }: InstallScreenProps) {
  const [t, common] = await Promise.all([getTranslations("install"), getTranslations("common")]);
  return (
    <PageMessages namespaces={["install", "auth"]}>
      <div className="flex min-h-dvh flex-col bg-canvas">
        <header className="flex h-14 items-center justify-between px-5 sm:px-8">
          <span className="flex items-center gap-2 font-semibold text-lg">
            <BrandMark className="size-7" />
            {common("product")}
          </span>
          <PreferencesMenu />
        </header>
        <main className="mx-auto flex w-full max-w-4xl flex-1 flex-col gap-5 px-5 py-6 sm:py-10">
          <div>
            <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
            <p className="mt-1 text-ink-muted">{t("body")}</p>
          </div>
          <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
            <Card className="p-5">
              <h2 className="mb-3 font-semibold">{t("checks")}</h2>
              <Checks checks={checks} />
            </Card>
            <div className="flex flex-col gap-4">
              <Card className="p-5">
                <h2 className="mb-3 font-semibold">{t("database")}</h2>
                {database ? <DatabaseSteps key={database.stage} initial={database} /> : <LookAgain />}
              </Card>
              {database?.stage === "ready" ? (
                <Card className="p-5">
                  <h2 className="mb-3 font-semibold">{t("account")}</h2>
                  <InstallForm hasSamples={hasSamples} />
                </Card>
              ) : null}
            </div>
          </div>
        </main>
      </div>
    </PageMessages>
  );
}
