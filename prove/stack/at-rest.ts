import { setTimeout as pause } from 'node:timers/promises';
import type { Control } from './control';

const restMilliseconds = 700;
const tickMilliseconds = 100;
const longestMilliseconds = 15_000;

/**
 * Waits until no function has called anything for a moment: time that went on while messages are worked on would bring them back under
 * their hands. Faults may keep functions busy for ever, so that it does not wait for ever.
 */
export async function atRest(control: Control): Promise<void> {
  const deadline = Date.now() + longestMilliseconds;
  let [calls, since] = [await control.calls(), Date.now()];
  while (Date.now() < deadline && Date.now() - since < restMilliseconds) {
    await pause(tickMilliseconds);
    const now = await control.calls();
    if (now !== calls) [calls, since] = [now, Date.now()];
  }
}
