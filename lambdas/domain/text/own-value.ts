/** The value that an object itself holds under a name that a sender chose: `constructor` names nothing that everybody inherits. */
export function ownValue<Value>(values: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
