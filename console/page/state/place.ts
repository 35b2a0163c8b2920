import { useLocation } from 'preact-iso/router';
import { useMemo } from 'preact/hooks';
import * as v from 'valibot';
import { queryText, type Query } from '../api/query';

export const root = '/console/';

/** Parameters that go with every link, since they say how the whole console is read. */
const kept = ['tz'] as const;

/** The address of a screen. `tz` of the present address stays. */
export function hrefOf(path: string, query: Query = {}): string {
  const here = new URLSearchParams(location.search);
  const carried = Object.fromEntries(kept.map((name) => [name, here.get(name) ?? undefined]));
  return `${root}${path}${queryText({ ...query, ...carried })}`;
}

type Text = string | undefined;
type Fields = Readonly<Record<string, v.GenericSchema<string, string>>>;
type StateOf<Of extends Fields> = { readonly [Name in keyof Of]?: string };

/** The way of a change into the history: a choice is a separate entry, typing replaces the one before. */
type Entry = 'push' | 'replace';

/**
 * The state of a screen, read from the address alone. A value that the schema does not know counts as absent, and stays in the address
 * until a choice is made; a person's choice stays there even where it is the default.
 */
export function usePlace<Of extends Fields>(
  fields: Of,
): {
  readonly state: StateOf<Of>;
  readonly set: (change: Readonly<Partial<Record<keyof Of & string, Text>>>, entry?: Entry) => void;
  readonly hrefWith: (change: Readonly<Partial<Record<keyof Of & string, Text>>>) => string;
} {
  const { url, route } = useLocation();
  return useMemo(() => {
    const here = new URL(url, location.origin);
    const state: Record<string, string> = {};
    for (const [name, schema] of Object.entries(fields)) {
      const reading = v.safeParse(schema, here.searchParams.get(name) ?? undefined);
      if (reading.success) state[name] = reading.output;
    }
    const hrefWith = (change: Readonly<Partial<Record<string, Text>>>): string => {
      const next = new URLSearchParams(here.searchParams);
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      return `${here.pathname}${text === '' ? '' : `?${text}`}`;
    };
    return {
      state,
      hrefWith,
      set: (change, entry = 'push') => route(hrefWith(change), entry === 'replace'),
    };
  }, [url]);
}
