import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until there is an answer, or there was time enough; the last answer either way. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
  seconds: number,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isGood(answer) || Date.now() > deadline) return answer;
    await pause(250);
  }
}
