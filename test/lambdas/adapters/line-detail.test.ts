import { detailSampler } from '../../../lambdas/adapters/line-detail';

let now = 0;
const told = (level: string | undefined, kinds: readonly string[]): number => {
  const isDetailed = detailSampler(level, () => now);
  return kinds.filter(isDetailed).length;
};
const times = (count: number, kind: string): readonly string[] => Array<string>(count).fill(kind);

test('a busy second at INFO has the details of ten requests of a kind, a quiet one of all', () => {
  expect(told('INFO', times(500, 'OK'))).toBe(10);
  expect(told('INFO', times(9, 'OK'))).toBe(9);
});

test('a rare kind has details beside a frequent one', () => {
  expect(told('INFO', [...times(500, 'OK'), 'AMOUNT_INVALID'])).toBe(11);
});

test('the next second has details again', () => {
  const isDetailed = detailSampler('INFO', () => now);
  const tell = () => times(50, 'OK').filter(isDetailed).length;
  expect(tell()).toBe(10);
  now += 1000;
  expect(tell()).toBe(10);
});

test.each(['DEBUG', 'TRACE', undefined])('at the level %s every line has details', (level) => {
  expect(told(level, times(500, 'OK'))).toBe(500);
});
