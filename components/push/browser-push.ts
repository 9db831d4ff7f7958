/** Pushes in this browser; shared by the visitor's chat and the desk, so it knows neither Preact nor React. */

/** `blocked`: the person said no, and only they can change it, in the browser's own settings. */
export type PushState = "unsupported" | "blocked" | "off" | "on";

/** A part of the product with pushes of its own. */
export type PushScope = "/chat" | "/desk";

export interface PushAddress {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

const WORKER = "/push-worker.js";

function isSupported(): boolean {
  // Inside somebody else's page a browser gives neither permission nor a worker of our own.
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && parent === window;
}

async function currentSubscription(scope: PushScope): Promise<PushSubscription | null> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const own = registrations.find((registration) => new URL(registration.scope).pathname === scope);
  return (await own?.pushManager.getSubscription()) ?? null;
}

export async function readPushState(scope: PushScope): Promise<PushState> {
  if (!isSupported()) {
    return "unsupported";
  }
  if (Notification.permission === "denied") {
    return "blocked";
  }
  return Notification.permission === "granted" && (await currentSubscription(scope)) ? "on" : "off";
}

function addressOf(subscription: PushSubscription): PushAddress {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? "", keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" } };
}

async function installedWorker(scope: PushScope): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope });
  const waiting = registration.installing ?? registration.waiting;
  if (!registration.active && waiting) {
    await new Promise<void>((done) => {
      waiting.addEventListener("statechange", () => waiting.state === "activated" && done());
    });
  }
  return registration;
}

/**
 * Asks the person, then subscribes. Must be called from a tap: browsers ask for nothing without one.
 *
 * @param publicKey the installation's, fetched only after the person agreed
 * @returns where to send; undefined when the person said no
 * @throws DOMException when the browser's push service cannot be reached
 */
export async function turnPushOn(scope: PushScope, publicKey: () => Promise<string>): Promise<PushAddress | undefined> {
  if ((await Notification.requestPermission()) !== "granted") {
    return undefined;
  }
  const registration = await installedWorker(scope);
  const applicationServerKey = await publicKey();
  const options = { userVisibleOnly: true, applicationServerKey };
  try {
    return addressOf(await registration.pushManager.subscribe(options));
  } catch (cause) {
    // Subscribed with another key, of an installation that was there before: only a new subscription helps.
    const old = await registration.pushManager.getSubscription();
    if (!old) {
      throw cause;
    }
    await old.unsubscribe();
    return addressOf(await registration.pushManager.subscribe(options));
  }
}

/** @returns the address that is no more; undefined when there was none */
export async function turnPushOff(scope: PushScope): Promise<string | undefined> {
  const subscription = await currentSubscription(scope);
  await subscription?.unsubscribe();
  return subscription?.endpoint;
}
