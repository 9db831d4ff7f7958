"use client";

import { ArrowLeftRight, ChevronsUpDown, CircleUserRound, Headset, LayoutDashboard, LogOut } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { switchMerchant } from "@/lib/identity/contracts";
import type { Me } from "@/lib/identity/schema";
import { createClient, RequestFailed } from "@/lib/platform/http/client";
import { PreferenceItems } from "./preferences-menu";

export interface AccountMenuProps {
  me: Pick<Me, "name" | "email" | "role" | "avatarUrl" | "merchant" | "merchants" | "permissions">;
  /** Which of the two places this is; the menu leads to the other. */
  place: "desk" | "admin";
}

function MerchantSwitch({ me, place }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const errors = useTranslations("errors");

  async function choose(merchantId: string): Promise<void> {
    try {
      await createClient()(switchMerchant, { body: { merchantId } });
      // A whole load: nothing of the merchant before may stay on the page.
      window.location.assign(place === "admin" ? "/admin" : "/desk");
    } catch (error) {
      toast.error((error instanceof RequestFailed && error.problem.detail) || errors("unexpected"));
    }
  }

  return (
    <DropdownMenuSub>
      <DropdownMenuSubTrigger>
        <ArrowLeftRight aria-hidden />
        {t("switchMerchant")}
      </DropdownMenuSubTrigger>
      <DropdownMenuSubContent>
        <DropdownMenuRadioGroup value={me.merchant.id} onValueChange={(id) => void choose(id)}>
          {me.merchants.map((merchant) => (
            <DropdownMenuRadioItem key={merchant.id} value={merchant.id}>
              {merchant.name}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuSubContent>
    </DropdownMenuSub>
  );
}

/** Who is signed in: merchant, the other workplace, looks and language, sign out. */
export function AccountMenu({ me, place }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const mayAdminister = me.permissions.includes("analytics.read");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex min-w-0 items-center gap-2 rounded-sm p-1 text-left hover:bg-hover data-[state=open]:bg-hover touch:min-h-11 touch:min-w-11 touch:justify-center">
        <span className="sr-only">{t("open")}</span>
        <Avatar name={me.name} src={me.avatarUrl} />
        <span className="hidden min-w-0 flex-1 lg:group-data-[rail=wide]/rail:block">
          <span className="block truncate text-sm leading-4 font-medium">{me.name}</span>
          <span className="block truncate text-ink-subtle text-xs">{me.merchant.name}</span>
        </span>
        <ChevronsUpDown
          aria-hidden
          className="hidden size-3.5 shrink-0 text-ink-subtle lg:group-data-[rail=wide]/rail:block"
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-60">
        <DropdownMenuLabel>
          <span className="block truncate text-ink text-sm">{me.name}</span>
          <span className="block truncate font-normal">{me.email}</span>
          <span className="block truncate font-normal">
            {me.merchant.name} · {t(`role.${me.role}`)}
          </span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <CircleUserRound aria-hidden />
            {t("own")}
          </Link>
        </DropdownMenuItem>
        {place === "admin" ? (
          <DropdownMenuItem asChild>
            <Link href="/desk">
              <Headset aria-hidden />
              {t("toDesk")}
            </Link>
          </DropdownMenuItem>
        ) : null}
        {place === "desk" && mayAdminister ? (
          <DropdownMenuItem asChild>
            <Link href="/admin">
              <LayoutDashboard aria-hidden />
              {t("toAdmin")}
            </Link>
          </DropdownMenuItem>
        ) : null}
        {me.merchants.length > 1 ? <MerchantSwitch me={me} place={place} /> : null}
        <DropdownMenuSeparator />
        <PreferenceItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void signOut({ callbackUrl: "/login" })}>
          <LogOut aria-hidden />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
