import { useState } from 'preact/hooks';

/** A text that somebody is writing, kept over a reload and an expired session until it is saved or thrown away. */
export function useDraft(key: string, stored: string) {
  const [draft, setDraft] = useState(() => read(key));
  return {
    text: draft ?? stored,
    isOpen: draft !== undefined && draft !== stored,
    write: (text: string): void => {
      setDraft(text);
      keep(key, text);
    },
    drop: (): void => {
      setDraft(undefined);
      keep(key, undefined);
    },
  };
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(`draft ${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(`draft ${key}`);
    else sessionStorage.setItem(`draft ${key}`, text);
  } catch {
    // Without storage a draft lasts as long as its page.
  }
}
