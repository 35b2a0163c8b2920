import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/preact-query';
import type * as v from 'valibot';
import { ask, type Path } from '../api/client';
import { type Query } from '../api/query';
import { isProblem } from '../api/problem';

export type Asked<Data> = UseQueryResult<Data>;

/** Problems that go away by themselves, or once somebody has signed in again. */
const passing = ['unreachable', 'busy', 'failed', 'credentials-expired'];

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: 5_000,
      // Repeats a request only where the answer says when; a hidden tab requests nothing.
      refetchInterval: ({ state: { error } }) => {
        if (!isProblem(error) || !passing.includes(error.kind)) return false;
        const { retryAfterSeconds } = error.more;
        return retryAfterSeconds === undefined ? false : Math.max(1, retryAfterSeconds) * 1000;
      },
      refetchIntervalInBackground: false,
      refetchOnWindowFocus: ({ state: { error } }) => (isProblem(error) ? 'always' : true),
    },
  },
});

export interface AskSettings {
  readonly query?: Query;
  readonly everySeconds?: number;
  readonly enabled?: boolean;
  /** The old answer stays on the screen while another query is sent. */
  readonly keep?: boolean;
}

/** A GET as a query: one key for one address, for all components. */
export function useAsk<Answer>(
  path: Path,
  schema: v.GenericSchema<unknown, Answer>,
  { query, everySeconds, enabled = true, keep = false }: AskSettings = {},
): Asked<Answer> {
  return useQuery<Answer>({
    queryKey: [...path, query ?? {}],
    queryFn: ({ signal }) => ask('GET', path, schema, { signal, ...(query !== undefined && { query }) }),
    enabled,
    ...(everySeconds !== undefined && { refetchInterval: everySeconds * 1000 }),
    ...(keep && { placeholderData: keepPreviousData }),
  });
}
