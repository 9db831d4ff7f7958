"use client";

import {
  AppWindow,
  Building2,
  Code,
  Globe,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessagesSquare,
  Phone,
} from "lucide-react";
import { useTranslations } from "next-intl";

const ICONS = {
  web: Globe,
  wechat: MessageCircle,
  "wechat-mini": AppWindow,
  wecom: Building2,
  api: Code,
  email: Mail,
  phone: Phone,
} as const satisfies Record<string, LucideIcon>;

function isKnown(type: string): type is keyof typeof ICONS {
  return Object.hasOwn(ICONS, type);
}

/** What kind of channel it is called in the person's language. */
export function useChannelLabel(): (type: string) => string {
  const t = useTranslations("desk.channel");
  return (type) => t(isKnown(type) ? type : "other");
}

/** The channel that a customer came by; named for screen readers. */
export function ChannelIcon({ type, className }: { type: string; className?: string }) {
  const label = useChannelLabel();
  const Icon = isKnown(type) ? ICONS[type] : MessagesSquare;
  return (
    <span role="img" aria-label={label(type)} title={label(type)} className="inline-flex shrink-0">
      <Icon aria-hidden className={className} />
    </span>
  );
}
