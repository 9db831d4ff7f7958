import { readOptions } from "./options";
import { Widget } from "./widget";

interface Api {
  (...call: unknown[]): void;
  /** Calls that were made before the script was here. */
  q?: ArrayLike<unknown>[];
  loaded?: boolean;
}

const place = window as unknown as { Yingda?: Api };

function start(script: HTMLScriptElement): void {
  const waiting = Array.from(place.Yingda?.q ?? []);
  let widget: Widget | undefined;
  const api: Api = (...call) => {
    if (widget) {
      widget.execute(call);
    } else {
      waiting.push(call);
    }
  };
  api.loaded = true;
  place.Yingda = api;
  const begin = () => {
    widget = new Widget(readOptions(script, navigator.language));
    for (const call of waiting) {
      widget.execute(Array.from(call));
    }
  };
  if (document.body) {
    begin();
  } else {
    addEventListener("DOMContentLoaded", begin);
  }
}

const script = document.currentScript;
// A second loader on the same page finds the first one's work and leaves it alone.
if (script && !place.Yingda?.loaded) {
  start(script as HTMLScriptElement);
}
