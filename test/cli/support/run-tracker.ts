import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { closedEnvironment } from '../../../prove/closed-environment';
import { node, root } from '../../e2e/assembly';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON; throws where it is none. */
  json(): unknown;
}

/** Runs the real command as a process of its own, as a script would: without a terminal, and without this machine's AWS set-up. */
export type Tracker = (...given: readonly string[]) => Promise<Run>;

export const program = join(root, 'cli', 'tracker.mjs');

const noCredentials = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_REGION: undefined };

/** The command with an environment: `TRACKER_URL` for a local stack, AWS variables for a double of AWS. */
export function trackerIn(environment: Readonly<Record<string, string>>): Tracker {
  return async (...given) => {
    const child = spawn(node, [program, ...given], {
      env: closedEnvironment({ ...noCredentials, ...environment }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(child, 'close');
    return { code: child.exitCode, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
  };
}
