import { reportDelivered } from '../../../lambdas/deliver/report';
import { capturedLines, type CapturedLines } from '../adapters/support/captured-lines';
import { settled } from './settled';

let lines: CapturedLines;
beforeEach(() => {
  process.env['STAGE'] = 'prod';
  lines = capturedLines();
});
afterEach(() => lines.end());

test.each([
  ['suspends its source', 'held', 'suspended', { SourceSuspended: 1, DeliveryNeedsPerson: 1 }],
  ['is given up', 'exhausted', undefined, { DeliveryExhausted: 1, DeliveryNeedsPerson: 1 }],
  ['does both', 'exhausted', 'suspended', { DeliveryExhausted: 1, SourceSuspended: 1, DeliveryNeedsPerson: 1 }],
  ['is accepted', 'delivered', undefined, {}],
] as const)('a delivery that %s is one line that counts each thing once', (_, state, turn, counts) => {
  reportDelivered(settled('news', state, turn));

  expect(lines.records).toHaveLength(1);
  expect(lines.counts()).toEqual(counts);
  expect(lines.records[0]?.['Source']).toBe('DeliveryNeedsPerson' in counts ? 'news' : undefined);
});

test('a message that needed no work is no line', () => {
  reportDelivered({ kind: 'none' });
  expect(lines.records).toEqual([]);
});
