const word = 'A word of a union that the type checker holds; the code asks for other words of it alone.';
const narrowing = 'Never otherwise: the check is there for the type checker.';
const outcome = 'No difference that can be seen: both ways come to the same.';
const order = 'No two claims come at the same place of the order: that of their request IDs is the last that decides.';
const firstAmount = 'The first amount of a sale counts alike, whether it comes with a change of status or not.';

/** Why a survivor is left: the first whose file ends so and whose code holds this text. */
export const survivorReasons: readonly { readonly file: string; readonly code: string; readonly why: string }[] = [
  { file: 'apply.ts', code: 'order.find(', why: narrowing },
  { file: 'apply.ts', code: 'newest?.', why: narrowing },
  { file: 'browser-report.ts', code: 'first === undefined', why: narrowing },
  { file: 'changed-row.ts', code: 'status === undefined', why: narrowing },
  { file: 'changed-row.ts', code: 'next !== undefined', why: narrowing },
  {
    file: 'changed-row.ts',
    code: 'one !== existing',
    why: 'The row of the key is looked at before the others anyway, and settled alike whether it is found or not.',
  },
  {
    file: 'changed-row.ts',
    code: 'compareClaims(move.claim, claim)',
    why: 'Only a request and itself have one place, and one that a row has is found by its ID before.',
  },
  { file: 'changed-row.ts', code: "'new'", why: word },
  { file: 'compaction.ts', code: 'first === undefined', why: narrowing },
  { file: 'compaction.ts', code: '[]', why: outcome },
  {
    file: 'fold.ts',
    code: 'sale.sequence.row <= reversal.sequence.row',
    why: 'No two claims are the same row of a batch.',
  },
  { file: 'fold.ts', code: 'false', why: firstAmount },
  { file: 'fold.ts', code: 'true', why: firstAmount },
  { file: 'likeliest.ts', code: 'difference > 0', why: 'A row with the very amount was found before.' },
  { file: 'likeliest.ts', code: 'first === undefined', why: narrowing },
  { file: 'other-key.ts', code: '[]', why: outcome },
  { file: 'payable.ts', code: 'state.amount === zero', why: outcome },
  { file: 'retries.ts', code: '[]', why: 'A sighting without a time is older than any window.' },
  { file: 'reversal.ts', code: 'reversal === undefined', why: narrowing },
  { file: 'separate.ts', code: 'compareClaims(', why: order },
  { file: 'separate.ts', code: 'second !== undefined', why: narrowing },
  { file: 'separate.ts', code: 'entry.status !== undefined', why: narrowing },
  { file: 'state.ts', code: 'state.waiting.at(-1)?.status', why: narrowing },
];
