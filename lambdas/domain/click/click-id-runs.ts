import { clickIdLength, hasClickIdShape } from './click-id';
import { plainValue } from '../text/percent-encoding';

/** Letters and digits in a row, as many as a click ID has, anywhere in a text. */
const run = new RegExp(`(?<![0-9A-Za-z])[0-9A-Za-z]{${clickIdLength}}(?![0-9A-Za-z])`, 'g');

/** The same, or what may become it once it is decoded. */
const anyRun = new RegExp(`%|[0-9A-Za-z]{${clickIdLength}}`);

/** Whether a value holds what could be a click ID. Its MAC is looked at later. */
export function holdsClickIdShape(value: string): boolean {
  if (value.length < clickIdLength || !anyRun.test(value)) return false;
  return runsIn(value).some(hasClickIdShape);
}

/** Decoding may take the first letters of an ID behind a percent sign for an escape, so that the value as it came is looked at as well. */
export function runsIn(value: string): readonly string[] {
  const plain = plainValue(value);
  return [...(plain.match(run) ?? []), ...(plain === value ? [] : (value.match(run) ?? []))];
}

/** The click ID that a value is read as, for explaining it: without what surrounds it. */
export function clickIdIn(value: string): string {
  const plain = plainValue(value);
  const within = value.length <= clickIdLength ? undefined : runsIn(value).find(hasClickIdShape);
  return (within ?? plain).toLowerCase();
}
