import { goneClicks, goneMilliseconds } from '../../../../lambdas/domain/click/gone-clicks';
import { clickId } from '../support/factories';

const now = Date.UTC(2026, 10, 23);

test('a click that is gone is remembered for a minute, and then looked up anew', () => {
  let time = now;
  const gone = goneClicks(() => time);
  const [absent, erased] = [clickId(1), clickId(2)];
  gone.add(absent, 'absent');
  gone.add(erased, 'erased');
  time += goneMilliseconds - 1;
  expect([gone.find(absent), gone.find(erased), gone.find(clickId(3))]).toEqual(['absent', 'erased', undefined]);
  time += 1;
  expect([gone.find(absent), gone.find(erased)]).toEqual([undefined, undefined]);
});

test('however many clicks strangers name, the newest 10,000 are remembered', () => {
  const gone = goneClicks(() => now);
  const ids = Array.from({ length: 10_002 }, (_, at) => clickId(1, now + at));
  const [first = clickId(), second = first, third = first] = ids;
  for (const id of ids.slice(0, 10_000)) gone.add(id, 'absent');
  gone.add(first, 'absent');
  for (const id of ids.slice(10_000)) gone.add(id, 'absent');
  expect([first, second, third, ids.at(-1)].map((id) => id && gone.find(id))).toEqual([
    'absent',
    undefined,
    undefined,
    'absent',
  ]);
});
