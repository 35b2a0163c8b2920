import { useLocation } from 'preact-iso/router';

/** The zone that times are shown in: `UTC` where the address says so, else the viewer's. */
export function useZone(): string {
  const { query } = useLocation();
  return query['tz'] === 'UTC' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}
