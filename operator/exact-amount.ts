import { readAmount, type Amount } from '../lambdas/domain/values/amount';

/** Reads an amount of an answer. Throws where it is none. */
export function exactAmount(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (reading.ok) return reading.amount;
  throw new Error(`the tracker answered an amount of "${text}"`);
}
