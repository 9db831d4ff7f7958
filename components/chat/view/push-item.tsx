/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { PushState } from "@/components/push/browser-push";
import { useAction, useChat } from "./chat-context";

/** Loaded when the menu is opened first: most visitors never do. */
const loadPush = () => import("@/components/push/browser-push");

/** The menu's line that turns pushes on and off; nothing where the browser has none. */
export function PushItem({ choose }: { readonly choose: (act: () => void) => () => void }) {
  const { store, say, t } = useChat();
  const { busy, run } = useAction();
  const [state, setState] = useState<PushState>("unsupported");
  useEffect(() => {
    loadPush()
      .then(({ readPushState }) => readPushState("/chat"))
      .then(setState)
      .catch(() => undefined);
  }, []);
  if (state === "unsupported" || !store) {
    return null;
  }
  const turn = () =>
    run(async () => {
      if (state === "blocked") {
        say(t("push.blocked"));
        return;
      }
      const next = await store.setPush(state === "off");
      setState(next);
      say(t(`push.${next}`));
    });
  return (
    <button type="button" disabled={busy} onClick={choose(turn)}>
      {t(state === "on" ? "push.turnOff" : "push.turnOn")}
    </button>
  );
}
