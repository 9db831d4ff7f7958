import type { Provider, ProviderInput, ProviderKind } from "@/lib/bot/provider-schema";
import { providerOptions } from "@/lib/bot/provider-schema";

export type ProviderDraft = ProviderInput;

/** Where each kind is reached when nothing else was typed. */
const ADDRESS: Record<ProviderKind, string> = {
  openai: "https://api.openai.com/v1",
  azure: "",
  anthropic: "https://api.anthropic.com",
  dify: "https://api.dify.ai/v1",
  qingyunke: "http://api.qingyunke.com/api.php",
};

/** Vendors that speak OpenAI's protocol. */
export const PRESETS = {
  openai: ADDRESS.openai,
  deepseek: "https://api.deepseek.com",
  qwen: "https://dashscope.aliyuncs.com/compatible-mode/v1",
  moonshot: "https://api.moonshot.cn/v1",
  zhipu: "https://open.bigmodel.cn/api/paas/v4",
  traecn: "https://api.traecn.com/v1",
} as const;
export type Preset = keyof typeof PRESETS | "other";

/** The vendor whose address this is. */
export function presetOf(baseUrl: string): Preset {
  const found = Object.entries(PRESETS).find(([, address]) => address === baseUrl.replace(/\/+$/u, ""));
  return (found?.[0] as Preset | undefined) ?? "other";
}

/** What the form starts with. Keys are never known here. */
export function draftOfProvider(provider: Provider | undefined): ProviderDraft {
  return provider
    ? { ...provider, apiKey: "", extraSecret: "" }
    : {
        name: "",
        kind: "openai",
        baseUrl: ADDRESS.openai,
        model: "",
        apiKey: "",
        extraSecret: "",
        enabled: true,
        options: providerOptions.parse({}),
      };
}

/** The draft of another kind: its address, unless the old one was typed by hand. */
export function withKind(draft: ProviderDraft, kind: ProviderKind): ProviderDraft {
  const known = [...Object.values(ADDRESS), ...Object.values(PRESETS)].includes(draft.baseUrl) || draft.baseUrl === "";
  return { ...draft, kind, baseUrl: known ? ADDRESS[kind] : draft.baseUrl };
}
