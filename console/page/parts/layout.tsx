import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { activeShortcuts, areShortcutsOff, switchShortcuts, useShortcut } from '../state/keys';
import { hrefOf, root } from '../state/place';
import { useSession } from '../state/session';
import { useZone } from '../state/zone';
import { Dialog } from './dialog';
import { JumpBox } from './jump-box';

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly key?: string;
}

const groups: readonly { readonly name: string; readonly entries: readonly Entry[] }[] = [
  {
    name: 'Watch',
    entries: [
      { path: '', name: 'Now', key: 'g n' },
      { path: 'requests', name: 'Requests', key: 'g r' },
      { path: 'conversions', name: 'Conversions', key: 'g c' },
      { path: 'reports', name: 'Reports', key: 'g p' },
    ],
  },
  {
    name: 'Set up',
    entries: [
      { path: 'integrations', name: 'Integrations', key: 'g i' },
      { path: 'campaigns', name: 'Campaigns', key: 'g a' },
      { path: 'sources', name: 'Sources', key: 'g s' },
    ],
  },
  {
    name: 'Repair',
    entries: [
      { path: 'deliveries', name: 'Deliveries', key: 'g e' },
      { path: 'dead-letters', name: 'Dead letters', key: 'g d' },
      { path: 'replay', name: 'Replay', key: 'g y' },
    ],
  },
];

const entries = groups.flatMap((group) => group.entries);

export function Layout({ children }: { readonly children: ComponentChildren }) {
  const { data } = useSession();
  const stage = data?.stage;
  return (
    <div class={data?.protected === true ? 'app protected' : 'app'}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={hrefOf('')}>
          <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 5.5h8.5a3.25 3.25 0 0 1 0 6.5H6" />
            <path d="M8.5 9.5 6 12l2.5 2.5" />
            <circle cx="3" cy="5.5" r="1" />
          </svg>
          postback-tracker
        </a>
        {stage !== undefined && (
          <span class={data?.protected === true ? 'stage protected' : 'stage'}>
            {stage}
            {data?.mayWrite === false && ' · read-only'}
          </span>
        )}
        <JumpBox />
        <Shortcuts />
      </header>
      <Navigation />
      <div class="content">{children}</div>
      <Footer />
    </div>
  );
}

function Navigation() {
  const { path } = useLocation();
  const here = `${path}/`.slice(root.length);
  return (
    <nav class="side" aria-label="Screens">
      <div class="side-inner">
        {groups.map(({ name, entries: own }) => (
          <div key={name} class="group">
            <span class="group-name">{name}</span>
            <ul>
              {own.map((entry) => (
                <li key={entry.path}>
                  <a href={hrefOf(entry.path)} aria-current={isHere(here, entry.path) ? 'page' : undefined}>
                    {entry.name}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

const isHere = (here: string, path: string): boolean =>
  path === '' ? here === '' : here === `${path}/` || here.startsWith(`${path}/`);

function Shortcuts() {
  const { route } = useLocation();
  const [open, setOpen] = useState(false);
  const [off, setOff] = useState(areShortcutsOff());
  useShortcut('?', 'Show what keys do', () => setOpen(true));
  for (const { path, name, key } of entries) {
    // The list of entries never changes, so that the number of hooks does not either.
    if (key !== undefined) useShortcut(key, `Go to ${name}`, () => route(hrefOf(path)));
  }
  return (
    <>
      <button
        type="button"
        class="icon"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={() => setOpen(true)}
      >
        <kbd>?</kbd>
      </button>
      {open && (
        <Dialog title="Keyboard shortcuts" onClose={() => setOpen(false)}>
          <dl class="keys">
            {activeShortcuts().map(({ keys, what }) => (
              <div key={keys}>
                <dt>
                  {keys.split(' ').map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
            <div>
              <dt>
                <kbd>Esc</kbd>
              </dt>
              <dd>Close</dd>
            </div>
          </dl>
          <label class="check">
            <input
              type="checkbox"
              checked={off}
              onChange={({ currentTarget }) => {
                switchShortcuts(currentTarget.checked);
                setOff(currentTarget.checked);
              }}
            />
            Switch single-key shortcuts off
          </label>
        </Dialog>
      )}
    </>
  );
}

function Footer() {
  const { data } = useSession();
  const { url } = useLocation();
  const zone = useZone();
  const other = new URL(url, location.origin);
  if (zone === 'UTC') other.searchParams.delete('tz');
  else other.searchParams.set('tz', 'UTC');
  const place = [data?.region, data?.account].filter((part) => part !== undefined).join(' · ');
  return (
    <footer class="foot">
      {data !== undefined && (
        <>
          <span>{data.local ? 'local stack' : place}</span>
          <span class="who">{data.identity}</span>
          <span>version {data.version}</span>
        </>
      )}
      <span class="push">
        Times in {zone}.{' '}
        {(zone !== 'UTC' || other.search !== new URL(url, location.origin).search) && (
          <a href={`${other.pathname}${other.search}`}>{zone === 'UTC' ? 'Show local time' : 'Show UTC'}</a>
        )}
      </span>
    </footer>
  );
}
