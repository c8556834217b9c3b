// How does the page open without a network? The page and its files are kept in one version; a new
// version takes the place of the old one whole. Nothing that was recorded lies here.

const NAME = `onsite-${VERSION}`;
const PAGE = new URL("./", self.location).pathname;

async function keep() {
  const cache = await caches.open(NAME);
  for (const address of [PAGE, ...FILES]) {
    const answer = await fetch(address, { cache: "reload" });
    if (!answer.ok || answer.redirected) throw new Error(address); // such as the page for signing in
    await cache.put(address, answer);
  }
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((each) => each.startsWith("onsite-") && each !== NAME).map((each) => caches.delete(each)));
}

addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});
addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname !== PAGE && !FILES.includes(pathname)) return;
  event.respondWith(
    caches.open(NAME).then(async (cache) => (await cache.match(pathname)) || fetch(event.request))
  );
});
