import { automationSettings } from "@/lib/automations/settings-schema";
import { botSettings } from "@/lib/bot/settings-schema";
import { languageSettings } from "@/lib/channels/language-settings-schema";
import { chatSettings } from "@/lib/conversations/chat-settings-schema";
import { privacySettings } from "@/lib/conversations/privacy-settings-schema";
import { retentionSettings } from "@/lib/conversations/retention-settings-schema";
import { businessHoursSettings, handoverSettings, routingSettings } from "@/lib/conversations/settings-schema";
import { translationSettings } from "@/lib/conversations/translation-settings-schema";
import { uploadSettings } from "@/lib/files/settings-schema";
import { brandingSettings } from "@/lib/identity/settings-schema";
import { alertSettings } from "@/lib/notifications/alert-settings-schema";
import { timeoutSettings } from "@/lib/routing/settings-schema";
import type { SettingsGroup } from "@/lib/settings/definition";
import { ticketSettings } from "@/lib/tickets/settings-schema";

/**
 * Every group of settings, in the order of the settings page: form, API and command line read this list. A new group
 * is one line here and its texts in the namespace `settings`.
 */
export const SETTINGS: readonly SettingsGroup[] = [
  brandingSettings,
  languageSettings,
  translationSettings,
  chatSettings,
  uploadSettings,
  routingSettings,
  businessHoursSettings,
  handoverSettings,
  timeoutSettings,
  ticketSettings,
  automationSettings,
  botSettings,
  alertSettings,
  retentionSettings,
  privacySettings,
];
