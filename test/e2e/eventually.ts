import { setTimeout as delay } from 'node:timers/promises';

const patienceMilliseconds = 30_000;

/** Asks again and again until there is an answer; fails with what did not come to pass. */
export async function eventually<Value>(what: string, probe: () => Promise<Value | undefined | false>): Promise<Value> {
  const end = Date.now() + patienceMilliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`It did not come to pass in time: ${what}`);
    await delay(50);
  }
}
