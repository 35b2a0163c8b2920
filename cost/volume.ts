const factors: Readonly<Record<string, number>> = { '': 1, k: 1_000, M: 1_000_000, m: 1_000_000, G: 1_000_000_000 };

/** Reads `10M`, `300k`, `1,500,000`; `undefined` for anything else. */
export function readVolume(text: string): number | undefined {
  const [, digits = '', letter = ''] = /^(\d[\d,_]*(?:\.\d+)?)([kMmG]?)$/.exec(text.trim()) ?? [];
  const factor = factors[letter];
  return digits === '' || factor === undefined ? undefined : Number(digits.replace(/[,_]/g, '')) * factor;
}
