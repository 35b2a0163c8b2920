import { useEffect, useState } from 'preact/hooks';

/** A postback URL may hold a token: it is kept here, in memory, and never in the address or in storage. */
let held = '';
const listeners = new Set<(text: string) => void>();

export function holdUrl(text: string): void {
  held = text;
  for (const listener of listeners) listener(text);
}

export function useHeldUrl(): string {
  const [text, setText] = useState(held);
  useEffect(() => {
    listeners.add(setText);
    return () => {
      listeners.delete(setText);
    };
  }, []);
  return text;
}
