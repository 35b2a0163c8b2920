import { gzipSync } from 'node:zlib';
import { buildPage } from '../../../console/build';

const kilobyte = 1000;
const sizeOf = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length / kilobyte;

test('the page keeps its budget: 60 kB of JavaScript and 10 kB of styles at first, no chunk of 30 kB, 120 kB in all', async () => {
  const { assets, firstLoad } = await buildPage();
  const sizes = [...assets].map(([name, bytes]) => ({ name, size: sizeOf(bytes), first: firstLoad.includes(name) }));
  const sum = (ending: string, first = false): number =>
    sizes
      .filter((one) => one.name.endsWith(ending) && (!first || one.first))
      .reduce((total, { size }) => total + size, 0);
  expect(sum('.js', true)).toBeLessThanOrEqual(60);
  expect(sum('.css', true)).toBeLessThanOrEqual(10);
  expect(Math.max(...sizes.map(({ size }) => size))).toBeLessThanOrEqual(30);
  expect(sum('')).toBeLessThanOrEqual(120);
  // A chart is for those who look at a report.
  expect(sizes.filter(({ first, name }) => first && /chart/.test(name))).toEqual([]);
});
