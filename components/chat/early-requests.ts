/** What a visitor asked for before the page's script was there: words to send, or a person. */
export type EarlyRequest = { readonly text: string } | { readonly handoff: true };

/** Where the inline script of the page (server/early-script.ts) leaves it. */
interface EarlyPlace {
  readonly queue: EarlyRequest[];
  taken: boolean;
}

declare global {
  interface Window {
    yingdaEarly?: EarlyPlace;
  }
}

/** Takes over from the inline script: what was asked so far, once. */
export function takeEarlyRequests(): readonly EarlyRequest[] {
  const place = window.yingdaEarly;
  if (!place || place.taken) {
    return [];
  }
  place.taken = true;
  document.getElementById("early")?.replaceChildren();
  return place.queue.splice(0);
}
