import type { ToFrame } from "../embed/frame-protocol";
import { type FrameSaid, readFrameMessage } from "./frame-talk";
import { createLauncher, make } from "./launcher-view";
import { frameAddress, localeOf, type WidgetOptions, wordsFor } from "./options";
import { noteVisit } from "./visit";

type Listener = (detail?: unknown) => void;

/** The widget on a merchant's page: launcher and frame. Until it is opened it asks the network for nothing. */
export class Widget {
  frame: HTMLIFrameElement | undefined;
  readonly state = { isOpen: false, wasOpen: false, unread: 0 };
  private identity: never | null = null;
  /** What the page tells beside its address; the companion adds that it greeted. */
  extra: object = {};
  /** How they came here; on a single-page site the companion adds to it. */
  visit = noteVisit();
  /** Takes the merchant's greeting; the companion's. */
  greet: ((greeting: never) => void) | undefined;
  private scroll?: string;
  private accompanied?: true;
  readonly view: ReturnType<typeof createLauncher>;
  private readonly listeners: [event: string, listener: Listener][] = [];

  constructor(public options: WidgetOptions) {
    this.view = createLauncher(options);
    const { button, host } = this.view;
    button.onclick = () => this.show(!this.state.isOpen);
    host.onkeydown = ({ key }) => key === "Escape" && this.show(false);
    addEventListener("message", (event) => {
      const said = readFrameMessage(event, this.frame?.contentWindow, options.origin);
      if (said) {
        this.hear(said);
      }
    });
    this.draw({});
    if (options.greet) {
      setTimeout(() => this.accompany(), options.greet * 1_000);
    }
    try {
      // Opened on an earlier page of this visit: the conversation goes on behind the launcher.
      if (sessionStorage["yingda"]) {
        this.prepare();
      }
    } catch {}
  }

  /** Does what a merchant's page asks for; an unknown command does nothing. */
  execute([name, value, listener]: readonly unknown[]): void {
    if (name === "open" || name === "close" || name === "toggle") {
      this.show(name === "open" || (name === "toggle" && !this.state.isOpen));
    } else if (name === "extend") {
      (value as (widget: Widget) => void)(this);
    } else if (name === "on") {
      this.listeners.push([String(value), listener as Listener]);
    } else if (name === "track") {
      this.extra = { ...this.extra, ...(value as object) };
      this.sayState();
    } else {
      if (name === "identify") {
        this.identity = value as never;
      } else if (name === "setLocale") {
        this.options = { ...this.options, locale: localeOf(String(value)) };
      } else {
        return;
      }
      // Another person or another language is another page in the frame.
      if (this.frame) {
        this.load();
      }
      this.draw({});
    }
  }

  private show(isOpen: boolean): void {
    if (isOpen === this.state.isOpen) {
      return;
    }
    const page = document.documentElement.style;
    if (isOpen) {
      this.scroll = page.overflow;
    }
    page.overflow = isOpen && matchMedia("(max-width:480px)").matches ? "hidden" : (this.scroll ?? "");
    this.prepare();
    this.draw({ isOpen });
    this.sayState();
    (isOpen ? this.frame : this.view.button)?.focus();
    this.tell(isOpen ? "open" : "close");
  }

  /** Has the chat behind the launcher: for its window, and for what is said while that is closed. */
  private prepare(): void {
    if (!this.frame) {
      this.frame = make("iframe", "w", this.view.box);
      this.frame.allow = "microphone";
      this.load();
      this.accompany();
      this.draw({ wasOpen: true });
    }
  }

  /** Fetches what is needed only from now on, once. */
  private accompany(): void {
    if (!this.accompanied) {
      const script = make("script", "", document.head);
      script.nonce = this.options.nonce;
      script.src = `${this.options.origin}/widget-more.js`;
      this.accompanied = true;
    }
  }

  private load(): void {
    if (this.frame) {
      this.frame.title = wordsFor(this.options.locale).frame;
      this.frame.src = frameAddress(this.options);
    }
  }

  private hear({ what, ...said }: FrameSaid): void {
    if (what === "ready") {
      this.sayState();
    } else if (what === "close") {
      this.show(false);
      return;
    } else if (what === "unread") {
      this.draw({ unread: said.count });
    }
    this.tell(String(what), said);
  }

  private draw(patch: Partial<typeof this.state>): void {
    Object.assign(this.state, patch);
    this.view.draw(this.state, this.options);
  }

  private sayState(): void {
    const context = { title: document.title, visit: this.visit, ...this.extra };
    this.speak({ yingda: "hello", visible: this.state.isOpen, identity: this.identity, context });
  }

  speak(message: ToFrame): void {
    this.frame?.contentWindow?.postMessage(message, this.options.origin);
  }

  private tell(event: string, detail?: unknown): void {
    for (const [wanted, listener] of this.listeners) {
      if (wanted === event) {
        listener(detail);
      }
    }
  }
}
