import type { ChannelAdapter } from "./adapter";
import { apiAdapter } from "./adapters/api/adapter";
import { webAdapter } from "./adapters/web/adapter";
import { wechatAdapter } from "./adapters/wechat/adapter";
import { wechatMiniAdapter } from "./adapters/wechat-mini/adapter";
import { wecomAdapter } from "./adapters/wecom/adapter";

/** Every kind of channel: adding one is a folder and a line here. */
const ADAPTERS: readonly ChannelAdapter[] = [
  webAdapter,
  wechatAdapter,
  wechatMiniAdapter,
  wecomAdapter,
  apiAdapter,
] as readonly unknown[] as readonly ChannelAdapter[];

/** The adapter of a channel kind; undefined for a kind that this version does not know. */
export function adapterOf(kind: string): ChannelAdapter | undefined {
  return ADAPTERS.find((adapter) => adapter.kind === kind);
}

/** All of them, in the order in which they are offered. */
export function adapters(): readonly ChannelAdapter[] {
  return ADAPTERS;
}
