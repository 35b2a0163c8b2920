export type EventTimeReading = { readonly ok: true; readonly milliseconds: number } | { readonly ok: false };

const dayMilliseconds = 24 * 60 * 60 * 1000;
const earliest = Date.UTC(2015, 0, 1);

/**
 * ISO 8601, with a blank for the `T` as databases write it, and UTC where no zone is named. A zone after a blank is one whose `+`
 * nobody encoded.
 */
const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+\- ]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a conversion time: Unix seconds (10 digits), Unix milliseconds (13 digits) or ISO 8601. A time of more than a day ahead is
 * a mistake; one of a little ahead is a clock that runs fast, and counts as now.
 */
export function readEventTime(text: string, now: number): EventTimeReading {
  const milliseconds = toMilliseconds(text.trim());
  if (milliseconds === undefined || Number.isNaN(milliseconds)) return { ok: false };
  if (milliseconds < earliest || milliseconds > now + dayMilliseconds) return { ok: false };
  return { ok: true, milliseconds };
}

function toMilliseconds(text: string): number | undefined {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{10}\.\d{1,6}$/.test(text)) return Math.floor(Number(text) * 1000);
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, date, time = '00:00', zone = 'Z'] = match;
  const withColon = zone
    .replace(' ', '+')
    .replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
    .toUpperCase();
  const milliseconds = Date.parse(`${date}T${time}${withColon}`);
  const day = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(milliseconds) || Number.isNaN(day)) return undefined;
  // 31 February would roll over into March.
  return new Date(day).toISOString().startsWith(`${date}`) ? milliseconds : undefined;
}
