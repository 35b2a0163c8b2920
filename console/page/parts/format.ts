/** Formatting of what is counted. Amounts stay decimal strings from the answer to the screen: no float touches them. */

const decimalPattern = /^-?\d+(\.\d+)?$/;

function isDecimal(text: string): text is `${number}` {
  return decimalPattern.test(text);
}

/** An amount to its last digit, with at least the digits that its currency usually has. A text that is no decimal is shown unchanged. */
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
  const [size, unit] = units.find(([least]) => seconds >= least) ?? [1, 'second'];
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.floor(seconds / size));
}

/** Control characters but tab and line feed, and those that turn text around or have no width; joiners stay, since emoji are made of them. */
const hidden: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];

/** Letters that turn text around or hide are shown as what they are, so that a name cannot pose as another. */
export function visibleText(text: string): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const isHidden = hidden.some(([from, to]) => code >= from && code <= to);
    return isHidden ? `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩` : letter;
  }).join('');
}
