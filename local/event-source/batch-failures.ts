import { isObject, parseJson } from '../json';

/**
 * Returns the IDs of the messages that a function reports as failed, or `'all'`. Lambda takes a missing report for success and a
 * malformed one for failure of all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html ("Success and failure conditions")
 */
export function readBatchFailures(payload: string, messageIds: readonly string[]): readonly string[] | 'all' {
  const result = parseJson(payload);
  if (result === null || result === '' || (result === undefined && payload.trim() === '')) return [];
  if (!isObject(result)) return 'all';
  const failures = result['batchItemFailures'];
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return 'all';
  const ids: string[] = [];
  for (const failure of failures as readonly unknown[]) {
    const id = isObject(failure) ? failure['itemIdentifier'] : undefined;
    if (typeof id !== 'string' || !messageIds.includes(id)) return 'all';
    ids.push(id);
  }
  return ids;
}
