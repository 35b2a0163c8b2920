import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What DynamoDB counts of an item: 400 kB (409,600 bytes) are the most that one may have. */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return 2 + Math.ceil(value.N.replace(/\D/g, '').length / 2);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  const held = value.L ?? Object.values(value.M ?? {});
  const names = Object.keys(value.M ?? {}).reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  return held.reduce((sum, one) => sum + 1 + valueBytes(one), 3 + names);
}
