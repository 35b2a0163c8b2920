/**
 * The script for landing pages: records a click where no redirect did, keeps its ID in the page's own storage, and hands it over to links
 * and forms. It never throws into the page; where anything fails, the links stay as they are. docs/visitors.md explains its use.
 */

/** What a page asks of it: `pt('conversion', {event, txid, …})`. */
export type Said = Readonly<Record<string, string | number | null | undefined>>;
type Call =
  | readonly [name: 'conversion', said: Said]
  | readonly [name: 'consent', given: { readonly storage?: boolean }]
  | readonly [name: 'ready', then: (id?: string) => void];

interface Pt {
  (...call: Call): void;
  /** What was asked before the script came. */
  q?: readonly Call[];
  id?: () => string | undefined;
}

declare global {
  interface Window {
    pt?: Pt;
  }
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
}

/** What is kept of a click: its ID, when it came, and what in the page's address it came from. */
type Stored = readonly [id: string, at: number, from: string];

/** Parameters of ad platforms, in the order of domain/click/ad-click.ts, and ours. */
const adNames =
  'gclid gbraid wbraid dclid fbclid ttclid msclkid sccid epik rdt_cid twclid li_fat_id aleid oppref'.split(' ');
const kept = /^(?:utm_\w+|source|sub\d+|external_id|cost|test)$/;
const idShape = /^[0-9a-z]{32}$/i;
const sameClick = 18e5;
const keptFor = 90 * 864e5;

const attempt = (work: () => void): void => {
  try {
    work();
  } catch {}
};

attempt(() => {
  const tag = document.currentScript ?? document.querySelector('script[data-campaign]');
  if (!(tag instanceof HTMLScriptElement)) return;
  const { campaign, integration, hosts = '', parameter = 'clickid', keep = '', consent } = tag.dataset;
  const base = tag.src.replace(/\/s\/1\/.*/, '');
  const storageName = `pt.${campaign}`;
  const words = (text: string): string[] => text.toLowerCase().split(/[\s,]+/);
  const own = words(keep);
  const before = window.pt?.q ?? [];
  const isPrivate = navigator.globalPrivacyControl === true;
  let mayStore = !isPrivate && consent !== 'denied';
  let click: Stored | undefined;
  let coming: Promise<unknown> = Promise.resolve();

  const id = (): string | undefined => click?.[0] || undefined;

  const store = (): void =>
    attempt(() => {
      if (!mayStore) localStorage.removeItem(storageName);
      else if (id()) localStorage[storageName] = JSON.stringify(click);
    });

  const set = (clickId: string, from: string): void => {
    click = [clickId, Date.now(), from];
    store();
    decorateAll();
  };

  /** Looks at the page's address, when it is loaded and whenever it changes: only another ad makes another click. */
  const look = (): void => {
    const sent = new URLSearchParams();
    const names = new Map<string, string>();
    new URLSearchParams(location.search).forEach((value, name) => {
      const lower = name.toLowerCase();
      if (!value) return;
      names.set(lower, value);
      if (adNames.includes(lower) || kept.test(lower) || own.includes(lower)) sent.append(name, value);
    });
    const ad = adNames.find((name) => names.has(name));
    const isCampaign = ['utm_source', ...own].some((name) => names.has(name));
    const from = ad ? `${ad}=${names.get(ad)}` : isCampaign ? `${sent}` : '';
    const given = names.get(parameter.toLowerCase()) ?? '';
    if (idShape.test(given)) {
      if (id() !== given) set(given, from);
      return;
    }
    if (!from || (click?.[2] === from && Date.now() - click[1] < sameClick)) return;
    const asked: Stored = ['', Date.now(), from];
    click = asked;
    coming = fetch(`${base}/t/${campaign}`, {
      method: 'POST',
      body: JSON.stringify({ page: location.origin + location.pathname, query: `${sent}` }),
      credentials: 'omit',
      keepalive: true,
    })
      .then((answer) => answer.json())
      .then(({ clickId }: { clickId: string }) => {
        if (click === asked && idShape.test(clickId)) set(clickId, from);
      })
      .catch(() => {});
  };

  const isOurs = (host: string): boolean =>
    words(hosts).some((one) => one && (one[0] === '*' ? host.endsWith(one.slice(1)) : host === one));

  /** Adds the ID to a link or a form that is marked, or that leads to a host of the list. */
  const decorate = (element: Element | null): void =>
    attempt(() => {
      const now = id();
      const isForm = element instanceof HTMLFormElement;
      if (!now || !(isForm || element instanceof HTMLAnchorElement)) return;
      const url = new URL(isForm ? element.action : element.href);
      if (!url.protocol.startsWith('http') || !(element.hasAttribute('data-pt') || isOurs(url.hostname))) return;
      if (isForm) {
        let field = element.querySelector<HTMLInputElement>(`input[name="${parameter}"]`);
        if (!field) {
          field = document.createElement('input');
          field.type = 'hidden';
          field.name = parameter;
          element.append(field);
        }
        field.value = now;
        return;
      }
      // The rest of the address stays letter by letter.
      const others = url.search
        .slice(1)
        .split('&')
        .filter((pair) => pair && pair.split('=')[0] !== parameter);
      url.search = [...others, `${parameter}=${now}`].join('&');
      if (element.href !== `${url}`) element.href = `${url}`;
    });

  const decorateAll = (): void => document.querySelectorAll('a[href],form').forEach(decorate);

  const report = (said: Said): void => {
    const now = id();
    if (!now) return;
    const query = new URLSearchParams({ clickid: now });
    for (const name in said) if (said[name] != null) query.append(name, `${said[name]}`);
    const url = `${base}/p/${integration}.gif?${query}`;
    fetch(url, { mode: 'no-cors', credentials: 'omit', keepalive: true }).catch(() => navigator.sendBeacon(url));
  };

  const pt: Pt = (...call) =>
    attempt(() => {
      if (call[0] === 'consent') {
        mayStore = !isPrivate && call[1].storage === true;
        store();
      } else {
        void coming.then(() => attempt(() => (call[0] === 'ready' ? call[1](id()) : report(call[1]))));
      }
    });
  pt.id = id;
  window.pt = pt;

  const start = (): void => {
    attempt(() => {
      const stored: Stored | null = mayStore ? JSON.parse(localStorage[storageName] ?? 'null') : null;
      if (stored && Date.now() - stored[1] < keptFor) click = stored;
      store();
    });
    attempt(look);
    attempt(decorateAll);
    document.addEventListener('DOMContentLoaded', decorateAll);
    for (const type of ['pointerdown', 'click', 'auxclick', 'contextmenu', 'submit']) {
      // What a page draws later is decorated when it is used.
      const selector = type === 'submit' ? 'form' : 'a[href]';
      document.addEventListener(
        type,
        ({ target }) => decorate(target instanceof Element ? target.closest(selector) : null),
        true,
      );
    }
    attempt(() => {
      const spa = () => setTimeout(() => attempt(look));
      if (typeof navigation === 'object') navigation.addEventListener('currententrychange', spa);
      else {
        const push = history.pushState;
        history.pushState = function (...all) {
          push.apply(this, all);
          spa();
        };
        addEventListener('popstate', spa);
      }
    });
    for (const call of before) pt(...call);
  };
  // A page that is drawn ahead of its visitor has none yet.
  if (document.prerendering) document.addEventListener('prerenderingchange', start);
  else start();
});
