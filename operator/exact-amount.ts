import { readAmount, type Amount } from '../lambdas/domain/values/amount';

/** Parses an amount of a response. Throws if it is invalid. */
export function exactAmount(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (reading.ok) return reading.amount;
  throw new Error(`the tracker answered an amount of "${text}"`);
}
