/** One field that differs between two documents; absent on the side where it was not set. */
export interface SheetDifference {
  /** `auth.hmac` */
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** The fields in which two documents differ, by path. Lists are compared and shown whole: their order has a meaning. */
export function sheetDifferences(before: object, after: object): readonly SheetDifference[] {
  const [from, to] = [leavesOf(before, ''), leavesOf(after, '')];
  const paths = [...new Set([...from.keys(), ...to.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, fresh] = [from.get(path), to.get(path)];
    if (old === fresh) return [];
    return [{ path, ...(old !== undefined && { from: old }), ...(fresh !== undefined && { to: fresh }) }];
  });
}

function leavesOf(value: object, prefix: string): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  for (const [name, inner] of Object.entries(value)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (inner === undefined) continue;
    if (isPlainObject(inner)) for (const [innerPath, text] of leavesOf(inner, path)) leaves.set(innerPath, text);
    else leaves.set(path, textOf(inner));
  }
  return leaves;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
