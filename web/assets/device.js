// What a browser runs while no page of the desk is open: it shows messages of
// the desk, and opens what they are about.
"use strict";
self.addEventListener("push", (e) => {
  const m = e.data ? e.data.json() : {};
  e.waitUntil(self.registration.showNotification(m.title, { body: m.body, tag: m.tag, data: m.url }));
});
self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  const url = new URL(e.notification.data, self.location.origin);
  if (url.origin !== self.location.origin) return;
  e.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((c) => new URL(c.url).pathname === url.pathname);
    return there ? there.focus() : self.clients.openWindow(url.href);
  })());
});
