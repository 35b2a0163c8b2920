import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface ProveOptions {
  readonly smoke: boolean;
  readonly only: readonly string[];
  readonly mutations: boolean;
  readonly scenarios: boolean;
  /** An assembly that is synthesized already. */
  readonly assembly: string | undefined;
  /** Scenarios at a time: while one waits for its queue another uses the machine. */
  readonly lanes: number;
  /** The seed of every chance of the run: of the load, and of the faults. */
  readonly seed: number;
  readonly write: boolean;
  /** Leave the data folders of scenarios that failed, with the functions' logs in them. */
  readonly keep: boolean;
}

export const proveHelp = `Breaks the tracker in every way there is, on the local stack, and reconciles what was promised with what is stored.

  npm run prove -- [options]

  --smoke          the small set: every kind of fault, and by the seed three of the sequences and of the mutations
  --only NAME      this scenario or mutation; may be given several times
  --mutations      only the check that the proof can fail: each mutation must be caught
  --no-mutations   leave that check out
  --assembly DIR   take this cloud assembly and synthesize nothing
  --lanes N        scenarios at a time (2, in a smoke run 3)
  --seed N         repeat the chances of a run; without, they are new and the seed is printed
  --no-write       leave docs/reliability.md as it is; only a full run writes it
  --keep           leave the data of what failed, to look into
  --help           this text
`;

export function readProveOptions(given: readonly string[]): ProveOptions | 'help' {
  const { values } = parseArgs({
    args: [...given],
    options: {
      smoke: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      mutations: { type: 'boolean', default: false },
      'no-mutations': { type: 'boolean', default: false },
      assembly: { type: 'string' },
      lanes: { type: 'string' },
      seed: { type: 'string' },
      'no-write': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  // A smoke run mostly waits for its queues.
  const lanes = Number(values.lanes ?? (values.smoke ? 3 : 2));
  if (!Number.isInteger(lanes) || lanes < 1) throw new Error('--lanes must be a whole number from 1');
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed must be a whole number from 0');
  const isFull = !values.smoke && values.only.length === 0 && !values.mutations && !values['no-mutations'];
  return {
    smoke: values.smoke,
    only: values.only,
    mutations: !values['no-mutations'],
    scenarios: !values.mutations,
    assembly: values.assembly,
    lanes,
    seed,
    keep: values.keep,
    write: isFull && !values['no-write'],
  };
}
