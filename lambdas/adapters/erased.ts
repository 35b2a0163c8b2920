import type { Item } from './item';

/** The attribute that marks an erased row. */
const erased = 'erased';

/** The condition of writes that must not restore an erased row. It costs nothing. */
export const unlessErased = {
  ConditionExpression: 'attribute_not_exists(#erased)',
  ExpressionAttributeNames: { '#erased': erased },
} as const;

export function isErased(item: Item): boolean {
  return item[erased]?.BOOL === true;
}
