import en from "@/lib/i18n/messages/en/widget.json";
import zh from "@/lib/i18n/messages/zh-CN/widget.json";
import { dress, make } from "./launcher-view";
import type { Widget } from "./widget";

/** The look of a message beside the launcher, in the widget's shadow root. */
const STYLE = `.p{display:flex;max-width:min(300px,100vw - 40px);border-radius:12px;background:var(--s);box-shadow:0 8px 32px -8px #0006}
.t{padding:10px 0 10px 14px;color:var(--t);text-align:start}
.t *{display:block;overflow-wrap:anywhere}
.t b{color:var(--m);font-size:12px}
.x{width:44px;height:44px;flex:none;font-size:18px}`;

/** Shows what was said while the chat is closed: a tap opens it, the cross puts it away. */
export function addPreview(widget: Widget): (message: { readonly author: string; readonly text: string }) => void {
  const { box, button, root } = widget.view;
  dress(root, STYLE, widget.options.nonce);
  const preview = make("div", "p", box);
  box.insertBefore(preview, button);
  preview.setAttribute("role", "status");
  const message = make("button", "t", preview);
  const author = make("b", "", message);
  const words = make("span", "", message);
  const dismiss = make("button", "x", preview);
  dismiss.textContent = "×";
  const hide = () => {
    preview.hidden = true;
  };
  hide();
  message.onclick = () => widget.execute(["open"]);
  dismiss.onclick = hide;
  widget.execute(["on", "open", hide]);
  return (said) => {
    if (!widget.state.isOpen && said.text) {
      author.textContent = said.author;
      words.textContent = said.text;
      dismiss.ariaLabel = (widget.options.locale === "en" ? en : zh).dismiss;
      preview.hidden = false;
    }
  };
}
