/** Formatting of what is counted. Amounts stay decimal strings from the answer to the screen: no float touches them. */

const decimalPattern = /^-?\d+(\.\d+)?$/;

function isDecimal(text: string): text is `${number}` {
  return decimalPattern.test(text);
}

/** An amount to its last digit, with at least the digits that its currency usually has. What is no decimal is shown as it came. */
export function amountText(amount: string, currency: string | undefined, locale?: string): string {
  if (!isDecimal(amount)) return amount;
  const sent = amount.split('.')[1]?.length ?? 0;
  const usual = currency === undefined ? 0 : usualDigits(currency);
  const digits = Math.max(sent, usual);
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount);
}

function usualDigits(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return maximumFractionDigits ?? 2;
  } catch {
    // Senders may name what is no currency.
    return 0;
  }
}

export const countText = (count: number): string => new Intl.NumberFormat().format(count);

/** `1.2k` for tiles; the exact number belongs into its title. */
export const compactText = (count: number): string =>
  new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(count);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

export function percentText(ratio: number): string {
  return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 }).format(ratio);
}

/** `2026-11-29 14:02:11 UTC` */
export function utcText(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The time alone where it is of today, else with its day. */
export function momentText(iso: string, timeZone: string, now: Date, full = false): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const dayOf = (date: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(date);
  const sameDay = dayOf(moment) === dayOf(now);
  return new Intl.DateTimeFormat(undefined, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...((full || !sameDay) && { month: 'short', day: 'numeric' }),
    ...((full || moment.getUTCFullYear() !== now.getUTCFullYear()) && { year: 'numeric' }),
    ...(full && { timeZoneName: 'short' }),
  }).format(moment);
}

/** `3 min`, `2 h`, `5 d`: how long a stretch is, in its largest unit. */
export function stretchText(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  const [size, unit] = units.find(([size]) => seconds >= size) ?? [1, 'second'];
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.floor(seconds / size));
}

/** Letters that turn text around or hide are shown as what they are, so that a name cannot pose as another. */
export function visibleText(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    (letter) => `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
