"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import type { z } from "zod";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { type invitation, withdrawInvitation } from "@/lib/identity/account-contracts";

export type Invitation = z.infer<typeof invitation>;

/** Who was invited and has not come yet; nothing while there is nobody. */
export function InvitationList({ invitations }: { invitations: readonly Invitation[] }) {
  const t = useTranslations("admin-agents");
  const { call, explain } = useRequest();
  const router = useRouter();

  async function withdraw({ id, email }: Invitation): Promise<void> {
    try {
      await call(withdrawInvitation, { params: { id } });
      toast.success(t("withdrawn", { email }));
    } catch (error) {
      toast.error(explain(error));
    }
    router.refresh();
  }

  return invitations.length === 0 ? null : (
    <Card>
      <CardHeader>
        <CardTitle>{t("waiting")}</CardTitle>
      </CardHeader>
      <CardBody>
        <ul className="divide-y divide-line">
          {invitations.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <span className="min-w-0 flex-1 truncate">{each.email}</span>
              <span className="text-ink-muted text-sm">
                {t(`roles.${each.role}`)} · {t.rich("expires", { when: () => <RelativeTime date={each.expiresAt} /> })}
              </span>
              <Button size="sm" variant="dangerGhost" onClick={() => void withdraw(each)}>
                {t("withdraw")}
              </Button>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
