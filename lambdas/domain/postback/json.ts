/** Parses JSON with each number as the letters it was written in: 0.1 stays 0.1, and 1e3 is seen as what it is. */
export function parseKeepingNumbers(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}
