import type { Item } from './item';

/** The attribute of a row whose person was forgotten. */
const erased = 'erased';

/** The condition under which a row may be written: what was erased is not brought back by what comes late. It costs nothing. */
export const unlessErased = {
  ConditionExpression: 'attribute_not_exists(#erased)',
  ExpressionAttributeNames: { '#erased': erased },
} as const;

export function isErased(item: Item): boolean {
  return item[erased]?.BOOL === true;
}
