import { BookOpenCheck, ChartNoAxesColumn, FileText, Headset } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { BrandMark } from "@/components/ui/brand-mark";

/** A conversation as it goes: asked, answered with a source, handed to a person. Decorative. */
async function SampleConversation() {
  const t = await getTranslations("auth.aside.sample");
  const bubble = "max-w-72 rounded-md px-3.5 py-2.5 text-base";
  return (
    <div aria-hidden className="flex w-full max-w-md flex-col gap-3">
      <p className={`${bubble} self-end bg-accent text-on-accent`}>{t("question")}</p>
      <div className="flex items-end gap-2.5">
        <span className="inline-flex size-8 shrink-0 items-center justify-center rounded-sm border border-line bg-surface">
          <BrandMark className="size-5" />
        </span>
        <div className={`${bubble} border border-line bg-surface`}>
          {t("answer")}
          <span className="mt-2 flex w-fit items-center gap-1 rounded-xs bg-accent-soft px-1.5 py-0.5 text-xs text-accent-ink">
            <FileText className="size-3" />
            {t("source")}
          </span>
        </div>
      </div>
      <p className={`${bubble} self-end bg-accent text-on-accent`}>{t("request")}</p>
      <p className="self-center text-xs text-ink-muted">{t("joined")}</p>
      <div className="flex items-end gap-2.5">
        <Avatar name={t("agent")} presence="online" />
        <p className={`${bubble} border border-line bg-surface`}>{t("reply")}</p>
      </div>
    </div>
  );
}

/** What the product does, beside the form on wide screens. */
export async function ProductPanel() {
  const t = await getTranslations("auth.aside");
  const points = [
    { icon: BookOpenCheck, text: t("answer") },
    { icon: Headset, text: t("handoff") },
    { icon: ChartNoAxesColumn, text: t("insight") },
  ];
  return (
    <aside className="hidden flex-1 flex-col items-center justify-center gap-14 border-l border-line bg-canvas p-14 lg:flex">
      <SampleConversation />
      <div className="w-full max-w-md">
        <p className="font-semibold text-ink text-xl tracking-tight">{t("title")}</p>
        <ul className="mt-4 flex flex-col gap-2.5 text-base text-ink-muted">
          {points.map(({ icon: Icon, text }) => (
            <li key={text} className="flex items-center gap-2.5">
              <Icon aria-hidden className="size-4.5 shrink-0 text-accent-ink" />
              {text}
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
