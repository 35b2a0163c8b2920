import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Bytes that DynamoDB counts for a list or map, and for each of its elements, beside their own bytes. */
const containerBytes = 3;
const elementBytes = 1;

/**
 * Bytes of an item as DynamoDB counts them: names and values.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.M !== undefined) {
    return containerBytes + itemBytes(value.M) + Object.keys(value.M).length * elementBytes;
  }
  if (value.L !== undefined) {
    return containerBytes + value.L.reduce((sum, one) => sum + valueBytes(one) + elementBytes, 0);
  }
  if (value.SS !== undefined) return value.SS.reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  return 1;
}

/** One byte for two significant digits, and one more; a sign takes another. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}
