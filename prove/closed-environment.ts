import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Keeps `bash` from the start files of its user; it also reads them without a terminal, if its input is a socket. */
export const withoutStartFiles = ['--noprofile', '--norc'] as const;

/** A port without a listener: requests to AWS end here. */
const nowhere = 'http://127.0.0.1:9';
/** Comes before every folder of the system, so that a real `aws` there is not found. */
const standIns = join(__dirname, 'stand-ins');

/**
 * The environment of whatever a test or a proof starts: a shell, a command line, an SDK. It is made from nothing, so that it cannot
 * reach the AWS account of whoever runs it: a `PATH` of its own, credentials that no account knows, no configuration files, and every
 * AWS endpoint on loopback, unless `settings` name another one.
 * @param settings variables on top, such as the endpoint of an emulator; `undefined` takes one out
 * @param first folders of programs that come before all others
 */
export function closedEnvironment(
  settings: Readonly<Record<string, string | undefined>> = {},
  first: readonly string[] = [],
): NodeJS.ProcessEnv {
  return {
    PATH: [...first, standIns, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: join(tmpdir(), 'tracker-closed-home'),
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
    AWS_ACCESS_KEY_ID: 'closed',
    AWS_SECRET_ACCESS_KEY: 'closed',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: nowhere,
    NO_PROXY: '127.0.0.1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...settings,
  };
}
