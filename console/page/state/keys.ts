import { useEffect } from 'preact/hooks';

interface Shortcut {
  /** One key, or two pressed one after the other: `/`, `g r`. */
  readonly keys: string;
  readonly what: string;
  readonly run: () => void;
}

const shortcuts = new Set<Shortcut>();
const offKey = 'tracker-shortcuts-off';
const chainMilliseconds = 1200;

/** Shortcuts that work on this screen, for the list of them. */
export const activeShortcuts = (): readonly Shortcut[] => [...shortcuts];

export function areShortcutsOff(): boolean {
  try {
    return localStorage.getItem(offKey) === '1';
  } catch {
    return false;
  }
}

export function switchShortcuts(off: boolean): void {
  try {
    if (off) localStorage.setItem(offKey, '1');
    else localStorage.removeItem(offKey);
  } catch {
    // Without storage the choice holds until the page is reloaded, which is no worse than no choice.
  }
}

/** Binds a shortcut while the component is there. The newest binding of the same keys wins. */
export function useShortcut(keys: string, what: string, run: () => void): void {
  useEffect(() => {
    const shortcut = { keys, what, run };
    shortcuts.add(shortcut);
    return () => {
      shortcuts.delete(shortcut);
    };
  });
}

let first: { readonly key: string; readonly at: number } | undefined;

/** A letter that somebody types into a field is text, and one with a modifier belongs to the browser. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || areShortcutsOff()) return;
    const inDialog = document.querySelector('dialog[open]') !== null;
    if (isTyping(event) || (inDialog && event.key !== '?')) return;
    const chained = first !== undefined && event.timeStamp - first.at < chainMilliseconds ? `${first.key} ` : '';
    const bound = find(chained + event.key) ?? find(event.key);
    const begins = [...shortcuts].some(({ keys }) => keys.startsWith(`${event.key} `));
    first = bound === undefined && begins ? { key: event.key, at: event.timeStamp } : undefined;
    if (bound === undefined) return;
    event.preventDefault();
    bound.run();
  });
}

function find(keys: string): Shortcut | undefined {
  return [...shortcuts].filter((shortcut) => shortcut.keys === keys).at(-1);
}
