import { parseArgs } from 'node:util';
import { messageOf, StartupFailure } from './failure';

/** Options of a local stack. */
export interface StackOptions {
  readonly port: number;
  readonly dataFolder: string;
  readonly stage: string;
  /** A synthesized assembly; without it, `bin/tracker.ts` is synthesized. */
  readonly assembly?: string | undefined;
  /** Another DynamoDB-compatible server instead of dynoxide. */
  readonly dynamoDbEndpoint?: string | undefined;
  readonly faultsFile?: string | undefined;
  readonly seed: boolean;
  /** Rebuilds a function when its source changes. */
  readonly dev: boolean;
  /** Maximum execution environments per function. */
  readonly concurrency: number;
  /** Number of stream records that are kept after every reader has passed them. */
  readonly keptStreamRecords: number;
  /** `127.0.0.1:9000`: destinations on this machine that outbound postbacks may reach. */
  readonly allowedDestinations: readonly string[];
}

export const startHelp = `Runs the synthesized stack on this machine.

  npm start -- [options]

  --port N                  port on 127.0.0.1 (PORT, 3000)
  --data DIR                where everything is kept (TRACKER_DATA, ./.tracker)
  --stage NAME              stage to synthesize (dev)
  --assembly DIR            run this cloud assembly and synthesize nothing
  --dynamodb-endpoint URL   use this DynamoDB-compatible server instead of dynoxide
  --faults FILE             fault rules to start with, as JSON
  --concurrency N           most execution environments per function (4)
  --keep-records N          records of a stream to keep that are read: what "mapping-anew" brings again (1000)
  --allow-destination URL   let postbacks to traffic sources reach this server of this machine (repeatable)
  --no-seed                 leave out the demo campaign
  --dev                     build a function again when its source changes (npm run dev)
  --help                    this text
`;

/** Reads command line and environment; `'help'` if the user asks for help only. */
export function readStartOptions(arguments_: readonly string[], environment: NodeJS.ProcessEnv): StackOptions | 'help' {
  const values = parse(arguments_);
  if (values.help === true) return 'help';
  const endpoint = values['dynamodb-endpoint'];
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) {
    throw new StartupFailure(`--dynamodb-endpoint must be a URL such as http://127.0.0.1:8000, not "${endpoint}".`);
  }
  const stage = values.stage ?? 'dev';
  return {
    port: wholeNumber('--port', values.port ?? environment['PORT'] ?? '3000', 0, 65_535),
    dataFolder: values.data ?? environment['TRACKER_DATA'] ?? '.tracker',
    stage,
    assembly: values.assembly,
    dynamoDbEndpoint: endpoint,
    faultsFile: values.faults,
    seed: values['no-seed'] !== true,
    dev: values.dev === true,
    concurrency: wholeNumber('--concurrency', values.concurrency ?? '4', 1, 100),
    keptStreamRecords: wholeNumber('--keep-records', values['keep-records'] ?? '1000', 0, 10_000_000),
    allowedDestinations: (values['allow-destination'] ?? []).map(destination),
  };
}

function parse(arguments_: readonly string[]) {
  try {
    return parseArgs({
      args: [...arguments_],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        stage: { type: 'string' },
        assembly: { type: 'string' },
        'dynamodb-endpoint': { type: 'string' },
        faults: { type: 'string' },
        concurrency: { type: 'string' },
        'keep-records': { type: 'string' },
        'allow-destination': { type: 'string', multiple: true },
        'no-seed': { type: 'boolean' },
        dev: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new StartupFailure(`${messageOf(error).split('. ')[0] ?? ''}: see --help.`);
  }
}

/** Host and port of a server on this machine. Public hosts need no permission, and private ones get none. */
function destination(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLocal = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url?.hostname ?? '');
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isLocal) {
    throw new StartupFailure(`--allow-destination must be a URL such as http://127.0.0.1:9000, not "${given}".`);
  }
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function wholeNumber(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (given.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new StartupFailure(`${name} must be a whole number from ${least} to ${most}, not "${given}".`);
  }
  return value;
}
