const word = 'A word of a union that the type checker holds; the code asks for other words of it alone.';
const narrowing = 'Never otherwise: the check is there for the type checker.';
const faster = 'The same result with more work or one write more.';
const outcome = 'No difference that can be seen: both ways come to the same.';

/** Why a survivor is left: the first whose file ends so and whose code holds this text. */
export const survivorReasons: readonly { readonly file: string; readonly code: string; readonly why: string }[] = [
  { file: 'apply.ts', code: 'order.find(', why: narrowing },
  { file: 'apply.ts', code: 'newest?.', why: narrowing },
  { file: 'apply.ts', code: '[claim]', why: outcome },
  { file: 'apply.ts', code: "'ignore'", why: word },
  { file: 'apply.ts', code: "'update'", why: word },
  { file: 'apply.ts', code: 'increment', why: word },
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
  { file: 'fold.ts', code: "'none'", why: word },
  { file: 'fold.ts', code: "'applied'", why: word },
  { file: 'fold.ts', code: "'filled'", why: word },
  { file: 'fold.ts', code: 'fallback.amount === undefined', why: outcome },
  {
    file: 'fold.ts',
    code: 'left.sequence.row > right.sequence.row',
    why: 'No two claims are the same row of a batch.',
  },
  { file: 'fold.ts', code: 'false', why: outcome },
  { file: 'fold.ts', code: 'true', why: outcome },
  { file: 'likeliest.ts', code: 'difference > 0', why: 'A row with the very amount was found before.' },
  { file: 'likeliest.ts', code: 'first === undefined', why: narrowing },
  { file: 'notes.ts', code: 'amount !== undefined', why: narrowing },
  { file: 'payable.ts', code: 'state.amount === zero', why: outcome },
  { file: 'retries.ts', code: 'linked.length === 1', why: faster },
  { file: 'retries.ts', code: 'hourOf(last) > hourOf(run.receivedAt)', why: outcome },
  { file: 'reversal.ts', code: 'reversal === undefined', why: narrowing },
  { file: 'settlement.ts', code: 'held !== undefined', why: narrowing },
  { file: 'settlement.ts', code: 'waiting.length + guessed.length === 0', why: faster },
  { file: 'state.ts', code: 'state.waiting.at(-1)?.status', why: narrowing },
];
