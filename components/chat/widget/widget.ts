import type { ToFrame } from "../embed/frame-protocol";
import { type FrameSaid, readFrameMessage } from "./frame-talk";
import { createLauncher, make } from "./launcher-view";
import { frameAddress, localeOf, type WidgetOptions, wordsFor } from "./options";

type Listener = (detail?: unknown) => void;

/** The widget on a merchant's page: launcher and frame. Until it is opened it asks the network for nothing. */
export class Widget {
  private frame: HTMLIFrameElement | undefined;
  private readonly state = { isOpen: false, unread: 0, author: "", text: "" };
  private identity: never | null = null;
  private extra: object = {};
  private scroll = "";
  private readonly view: ReturnType<typeof createLauncher>;
  private readonly listeners: [event: string, listener: Listener][] = [];

  constructor(private options: WidgetOptions) {
    this.view = createLauncher(options);
    const { button, message, dismiss, host } = this.view;
    button.onclick = () => this.show(!this.state.isOpen);
    message.onclick = () => this.show(true);
    dismiss.onclick = () => this.draw({ text: "" });
    host.onkeydown = ({ key }) => key === "Escape" && this.show(false);
    addEventListener("message", (event) => {
      const said = readFrameMessage(event, this.frame?.contentWindow, options.origin);
      if (said) {
        this.hear(said);
      }
    });
    this.draw({});
  }

  /** Does what a merchant's page asks for; an unknown command does nothing. */
  execute([name, value, listener]: readonly unknown[]): void {
    if (name === "open" || name === "close") {
      this.show(name === "open");
    } else if (name === "toggle") {
      this.show(!this.state.isOpen);
    } else if (name === "on") {
      this.listeners.push([String(value), listener as Listener]);
    } else if (name === "track") {
      this.extra = Object(value);
      this.sayContext();
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
    page.overflow = isOpen && matchMedia("(max-width:480px)").matches ? "hidden" : this.scroll;
    if (!this.frame) {
      this.frame = make("iframe", "w", this.view.box);
      this.load();
    }
    this.draw({ isOpen, text: "" });
    this.sayContext();
    this.speak({ yingda: "visible", visible: isOpen });
    (isOpen ? this.frame : this.view.button).focus();
    this.tell(isOpen ? "open" : "close");
  }

  private load(): void {
    if (this.frame) {
      this.frame.title = wordsFor(this.options.locale).frame;
      this.frame.src = frameAddress(this.options);
    }
  }

  private hear({ what, ...said }: FrameSaid): void {
    if (what === "ready") {
      this.speak({ yingda: "hello", context: this.context(), identity: this.identity });
      this.speak({ yingda: "visible", visible: this.state.isOpen });
    } else if (what === "close") {
      this.show(false);
      return;
    } else if (what === "unread") {
      this.draw({ unread: said.count });
    } else if (what === "message") {
      this.draw(said);
    }
    this.tell(String(what), said);
  }

  private draw(patch: Partial<typeof this.state>): void {
    Object.assign(this.state, patch);
    this.view.draw(this.state, this.options);
  }

  private context() {
    return { url: location.href, title: document.title, referrer: document.referrer, ...this.extra };
  }

  private sayContext(): void {
    this.speak({ yingda: "context", context: this.context() });
  }

  private speak(message: ToFrame): void {
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
