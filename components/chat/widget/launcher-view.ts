import { launcherColors, type WidgetOptions, wordsFor } from "./options";
import { STYLE } from "./style";

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M8 5h12a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-4l-6 4v-4H8a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4zm2 8 3 3 6-6";
const CROSS = "m7 7 14 14m0-14L7 21";

/** What the launcher shows. */
export interface LauncherState {
  readonly isOpen: boolean;
  /** True once it was opened on this page. */
  readonly wasOpen: boolean;
  readonly unread: number;
}

/** Elements without markup strings: they work where a policy forbids those, too. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, parent: Node) {
  const element = document.createElement(name);
  element.className = className;
  parent.appendChild(element);
  return element;
}

/** Puts a style into the shadow root, where a strict policy forbids style elements, too. */
export function dress(root: ShadowRoot, text: string, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = make("style", "", root);
    style.nonce = nonce;
    style.textContent = text;
  }
}

function drawIcon(button: Node): Element {
  const svg = button.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("viewBox", "0 0 28 28");
  return svg.appendChild(document.createElementNS(SVG, "path"));
}

/** The widget's elements: launcher and badge. `draw` brings them to a state. */
export function createLauncher(options: WidgetOptions) {
  const host = make("div", "", document.body);
  const root = host.attachShadow({ mode: "open" });
  dress(root, STYLE, options.nonce);
  const { fill, ink } = launcherColors(options.accent);
  host.style.setProperty("--f", fill);
  host.style.setProperty("--i", ink);
  const box = make("div", "", root);
  const button = make("button", "b", box);
  const icon = drawIcon(button);
  const badge = make("span", "n", button);
  const draw = (state: LauncherState, { locale, left, theme }: WidgetOptions) => {
    const say = wordsFor(locale);
    const { isOpen, unread } = state;
    const dark = theme === "dark" || (!theme && matchMedia("(prefers-color-scheme:dark)").matches);
    box.className = `c${isOpen ? " o" : ""}${left ? " l" : ""}${dark ? " d" : ""}`;
    icon.setAttribute("d", isOpen ? CROSS : BUBBLE);
    button.ariaLabel = isOpen ? say.close : say.open + (unread ? ` (${unread})` : "");
    button.ariaExpanded = String(isOpen);
    badge.textContent = String(unread);
    badge.hidden = isOpen || !unread;
  };
  return { host, root, box, button, draw };
}
