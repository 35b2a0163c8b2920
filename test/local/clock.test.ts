import * as v from 'valibot';
import { type RunningStack, startStack } from './fixture/running-stack';
import { temporaryFolder, writeFixtureAssembly } from './fixture/write-assembly';

jest.setTimeout(60_000);

const hour = 60 * 60 * 1000;
let stack: RunningStack;

beforeAll(async () => {
  stack = await startStack('--assembly', writeFixtureAssembly(), '--data', temporaryFolder());
});
afterAll(() => stack.end('SIGTERM'));

async function fetchJson(path: string, method = 'GET'): Promise<{ status: number; body: unknown }> {
  const response = await fetch(stack.url + path, { method });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

test('a clock that is moved forward is that of the API, of its functions and of their deadlines', async () => {
  expect(await fetchJson('/_local/clock?forward=7200', 'POST')).toMatchObject({ status: 200, body: { ahead: 7200 } });
  expect(await fetchJson('/_local/clock?forward=3600', 'POST')).toMatchObject({ status: 200, body: { ahead: 10_800 } });

  const event = v.parse(
    v.object({ requestContext: v.object({ timeEpoch: v.number() }) }),
    (await fetchJson('/echo/x')).body,
  );
  const context = v.parse(v.object({ now: v.number(), remaining: v.number() }), (await fetchJson('/environment')).body);
  for (const time of [event.requestContext.timeEpoch, context.now]) {
    expect(Math.abs(time - Date.now() - 3 * hour)).toBeLessThan(hour / 2);
  }
  expect(context.remaining).toBeGreaterThan(0);
  expect(context.remaining).toBeLessThanOrEqual(60_000);
});

test.each(['', '?forward=-1', '?forward=1.5', '?forward=soon'])('a clock is not moved by "%s"', async (query) => {
  expect((await fetchJson(`/_local/clock${query}`, 'POST')).status).toBe(400);
});
