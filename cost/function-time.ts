import bench from '../bench/measured.json';
import type { Assumptions } from './assumptions';
import type { PricedFunction } from './template/inventory';

/** Memory with which Lambda gives a function one core: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const wholeCoreMegabytes = 1769;

/** Whom a request waits for: a click is written; for a postback its click is read, then its conversion written beside its log row. */
const roundTripsOf: Readonly<Record<string, number>> = { FunctionsClick: 1 };
const usualRoundTrips = 2;

/** Milliseconds of a core that a request takes in a function, as `npm run bench` measured it. A retry does what a postback does. */
function cpuMilliseconds(label: string): number {
  const what = label === 'FunctionsClick' ? 'click' : 'recorded postback';
  const found = bench.handlers.find((one) => one.what === what);
  if (found === undefined) throw new Error(`bench/measured.json has no ${what}: run npm run bench.`);
  return found.median;
}

/** Milliseconds that a function is billed for a request: its waiting, and its CPU on the share of a core that its memory buys. */
export function billedMilliseconds(
  { label, memoryMegabytes }: Pick<PricedFunction, 'label' | 'memoryMegabytes'>,
  assumed: Assumptions,
): number {
  if (assumed.billedMilliseconds !== undefined) return assumed.billedMilliseconds;
  const waited = (roundTripsOf[label] ?? usualRoundTrips) * assumed.roundTripMilliseconds;
  const share = Math.min(1, memoryMegabytes / wholeCoreMegabytes);
  return waited + assumed.coldStartMilliseconds + cpuMilliseconds(label) / share;
}
