/**
 * Shows pushes while no page is open, and leads to the right one (components/push/browser-push.ts registers it, once for
 * the chat and once for the desk). It answers no requests: the pages carry nonces and must not be kept.
 */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Pages of the same part of the product. */
async function pagesOf(url) {
  const path = new URL(url, self.location.origin).pathname;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => new URL(page.url).pathname === path);
}

self.addEventListener("push", (event) => {
  const news = event.data?.json();
  if (!news) {
    return;
  }
  event.waitUntil(
    pagesOf(news.url).then((pages) => {
      // Who looks at the page sees it there.
      if (pages.some((page) => page.visibilityState === "visible")) {
        return undefined;
      }
      return self.registration.showNotification(news.title, {
        body: news.body,
        tag: news.tag,
        renotify: true,
        icon: "/icons/icon-192.png",
        badge: "/icons/icon-192.png",
        data: { url: news.url },
      });
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Only pages of our own: what a push says is from outside.
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  const target = url.origin === self.location.origin ? url.href : self.location.origin;
  event.waitUntil(
    pagesOf(target).then(async ([page]) => {
      if (!page) {
        return self.clients.openWindow(target);
      }
      const shown = await page.focus();
      return shown.url === target ? shown : shown.navigate(target);
    }),
  );
});
