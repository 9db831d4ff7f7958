import type { Locale } from "./locales";
import accountEnglish from "./messages/en/account.json";
import adminEnglish from "./messages/en/admin.json";
import adminAgentsEnglish from "./messages/en/admin-agents.json";
import adminBotEnglish from "./messages/en/admin-bot.json";
import adminChannelsEnglish from "./messages/en/admin-channels.json";
import adminKnowledgeEnglish from "./messages/en/admin-knowledge.json";
import adminMerchantsEnglish from "./messages/en/admin-merchants.json";
import adminRulesEnglish from "./messages/en/admin-rules.json";
import alertsEnglish from "./messages/en/alerts.json";
import apiKeysEnglish from "./messages/en/api-keys.json";
import apiOperationsEnglish from "./messages/en/api-operations.json";
import apiReferenceEnglish from "./messages/en/api-reference.json";
import apiTagsEnglish from "./messages/en/api-tags.json";
import authEnglish from "./messages/en/auth.json";
import blocklistEnglish from "./messages/en/blocklist.json";
import botEnglish from "./messages/en/bot.json";
import channelKindsEnglish from "./messages/en/channel-kinds.json";
import chatEnglish from "./messages/en/chat.json";
import cliEnglish from "./messages/en/cli.json";
import commonEnglish from "./messages/en/common.json";
import compatibilityEnglish from "./messages/en/compatibility.json";
import customersEnglish from "./messages/en/customers.json";
import demoEnglish from "./messages/en/demo.json";
import deskEnglish from "./messages/en/desk.json";
import errorsEnglish from "./messages/en/errors.json";
import installEnglish from "./messages/en/install.json";
import inviteEnglish from "./messages/en/invite.json";
import jobsEnglish from "./messages/en/jobs.json";
import macrosEnglish from "./messages/en/macros.json";
import noticesEnglish from "./messages/en/notices.json";
import permissionsEnglish from "./messages/en/permissions.json";
import placesEnglish from "./messages/en/places.json";
import pushEnglish from "./messages/en/push.json";
import quickRepliesEnglish from "./messages/en/quick-replies.json";
import reportsEnglish from "./messages/en/reports.json";
import settingsEnglish from "./messages/en/settings.json";
import shellEnglish from "./messages/en/shell.json";
import ticketsEnglish from "./messages/en/tickets.json";
import transcriptEnglish from "./messages/en/transcript.json";
import welcomeEnglish from "./messages/en/welcome.json";
import widgetEnglish from "./messages/en/widget.json";
import accountChinese from "./messages/zh-CN/account.json";
import adminChinese from "./messages/zh-CN/admin.json";
import adminAgentsChinese from "./messages/zh-CN/admin-agents.json";
import adminBotChinese from "./messages/zh-CN/admin-bot.json";
import adminChannelsChinese from "./messages/zh-CN/admin-channels.json";
import adminKnowledgeChinese from "./messages/zh-CN/admin-knowledge.json";
import adminMerchantsChinese from "./messages/zh-CN/admin-merchants.json";
import adminRulesChinese from "./messages/zh-CN/admin-rules.json";
import alertsChinese from "./messages/zh-CN/alerts.json";
import apiKeysChinese from "./messages/zh-CN/api-keys.json";
import apiOperationsChinese from "./messages/zh-CN/api-operations.json";
import apiReferenceChinese from "./messages/zh-CN/api-reference.json";
import apiTagsChinese from "./messages/zh-CN/api-tags.json";
import authChinese from "./messages/zh-CN/auth.json";
import blocklistChinese from "./messages/zh-CN/blocklist.json";
import botChinese from "./messages/zh-CN/bot.json";
import channelKindsChinese from "./messages/zh-CN/channel-kinds.json";
import chatChinese from "./messages/zh-CN/chat.json";
import cliChinese from "./messages/zh-CN/cli.json";
import commonChinese from "./messages/zh-CN/common.json";
import compatibilityChinese from "./messages/zh-CN/compatibility.json";
import customersChinese from "./messages/zh-CN/customers.json";
import demoChinese from "./messages/zh-CN/demo.json";
import deskChinese from "./messages/zh-CN/desk.json";
import errorsChinese from "./messages/zh-CN/errors.json";
import installChinese from "./messages/zh-CN/install.json";
import inviteChinese from "./messages/zh-CN/invite.json";
import jobsChinese from "./messages/zh-CN/jobs.json";
import macrosChinese from "./messages/zh-CN/macros.json";
import noticesChinese from "./messages/zh-CN/notices.json";
import permissionsChinese from "./messages/zh-CN/permissions.json";
import placesChinese from "./messages/zh-CN/places.json";
import pushChinese from "./messages/zh-CN/push.json";
import quickRepliesChinese from "./messages/zh-CN/quick-replies.json";
import reportsChinese from "./messages/zh-CN/reports.json";
import settingsChinese from "./messages/zh-CN/settings.json";
import shellChinese from "./messages/zh-CN/shell.json";
import ticketsChinese from "./messages/zh-CN/tickets.json";
import transcriptChinese from "./messages/zh-CN/transcript.json";
import welcomeChinese from "./messages/zh-CN/welcome.json";
import widgetChinese from "./messages/zh-CN/widget.json";

const chinese = {
  "api-keys": apiKeysChinese,
  "api-operations": apiOperationsChinese,
  "api-reference": apiReferenceChinese,
  "api-tags": apiTagsChinese,
  transcript: transcriptChinese,
  welcome: welcomeChinese,
  account: accountChinese,
  install: installChinese,
  invite: inviteChinese,
  permissions: permissionsChinese,
  admin: adminChinese,
  alerts: alertsChinese,
  "admin-agents": adminAgentsChinese,
  "admin-bot": adminBotChinese,
  "admin-channels": adminChannelsChinese,
  "admin-knowledge": adminKnowledgeChinese,
  "admin-merchants": adminMerchantsChinese,
  "admin-rules": adminRulesChinese,
  auth: authChinese,
  blocklist: blocklistChinese,
  bot: botChinese,
  "channel-kinds": channelKindsChinese,
  chat: chatChinese,
  cli: cliChinese,
  common: commonChinese,
  compatibility: compatibilityChinese,
  customers: customersChinese,
  demo: demoChinese,
  desk: deskChinese,
  errors: errorsChinese,
  jobs: jobsChinese,
  macros: macrosChinese,
  notices: noticesChinese,
  places: placesChinese,
  push: pushChinese,
  reports: reportsChinese,
  settings: settingsChinese,
  "quick-replies": quickRepliesChinese,
  shell: shellChinese,
  tickets: ticketsChinese,
  widget: widgetChinese,
};

/** All messages of one language, by namespace. zh-CN is written first, so its shape is everybody's. */
export type Messages = typeof chinese;

export type Namespace = keyof Messages;

const english: Messages = {
  "api-keys": apiKeysEnglish,
  "api-operations": apiOperationsEnglish,
  "api-reference": apiReferenceEnglish,
  "api-tags": apiTagsEnglish,
  transcript: transcriptEnglish,
  welcome: welcomeEnglish,
  account: accountEnglish,
  install: installEnglish,
  invite: inviteEnglish,
  permissions: permissionsEnglish,
  admin: adminEnglish,
  alerts: alertsEnglish,
  "admin-agents": adminAgentsEnglish,
  "admin-bot": adminBotEnglish,
  "admin-channels": adminChannelsEnglish,
  "admin-knowledge": adminKnowledgeEnglish,
  "admin-merchants": adminMerchantsEnglish,
  "admin-rules": adminRulesEnglish,
  auth: authEnglish,
  blocklist: blocklistEnglish,
  bot: botEnglish,
  "channel-kinds": channelKindsEnglish,
  chat: chatEnglish,
  cli: cliEnglish,
  common: commonEnglish,
  compatibility: compatibilityEnglish,
  customers: customersEnglish,
  demo: demoEnglish,
  desk: deskEnglish,
  errors: errorsEnglish,
  jobs: jobsEnglish,
  macros: macrosEnglish,
  notices: noticesEnglish,
  places: placesEnglish,
  push: pushEnglish,
  reports: reportsEnglish,
  settings: settingsEnglish,
  "quick-replies": quickRepliesEnglish,
  shell: shellEnglish,
  tickets: ticketsEnglish,
  widget: widgetEnglish,
};

/**
 * Every namespace in every language, imported by name so that each bundler includes them. A new namespace is one
 * import and one line per language here; catalogue.test.ts fails while a file is missing.
 */
export const catalogue: Record<Locale, Messages> = { "zh-CN": chinese, en: english };

/** The messages of some namespaces, keyed by namespace. Server only: a browser gets just what its page asks for. */
export function messagesFor<Name extends Namespace>(locale: Locale, namespaces: readonly Name[]): Pick<Messages, Name> {
  const all = catalogue[locale];
  return Object.fromEntries(namespaces.map((namespace) => [namespace, all[namespace]])) as Pick<Messages, Name>;
}
