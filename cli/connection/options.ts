import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { usageFailure } from '../../operator/failure';

const defaultLocalUrl = 'http://127.0.0.1:3000';

const globalOptions = v.object({
  json: v.optional(v.boolean(), false),
  /** Empty if no URL is given. */
  local: v.optional(v.string()),
  stage: v.optional(v.string()),
  stack: v.optional(v.string()),
  region: v.optional(v.string()),
  profile: v.optional(v.string()),
});

/** Options that every command takes. */
export type GlobalOptions = v.InferOutput<typeof globalOptions>;

export function addGlobalOptions(program: CommandUnknownOpts): void {
  program
    .option('--local [url]', `a tracker on this machine (TRACKER_URL, ${defaultLocalUrl}); a port is enough`)
    .option('--stage <name>', 'the tracker of this stage in AWS (default: dev)')
    .option('--stack <name>', 'the tracker of this CloudFormation stack in AWS')
    .option('--region <name>', 'AWS region (default: the region of the AWS CLI)')
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--json', 'answer in JSON');
}

export function readGlobalOptions(command: CommandUnknownOpts): GlobalOptions {
  return v.parse(globalOptions, command.optsWithGlobals());
}

/** The address of the tracker: a URL that needs no signature, or a stack in an AWS account. */
export type TrackerTarget =
  | { readonly at: 'url'; readonly url: string }
  | {
      readonly at: 'stack';
      readonly stack: string;
      readonly region?: string | undefined;
      readonly profile?: string | undefined;
    };

/** Returns the stack name of a stage, as the CDK app sets it. */
export function stackNameOf(stage: string): string {
  return `PostbackTracker-${stage}`;
}

/** Options of the command line override the environment. */
export function trackerTargetOf(options: GlobalOptions, environment: NodeJS.ProcessEnv): TrackerTarget {
  const { local, stage, stack, region, profile } = options;
  const inAws = stage ?? stack ?? region ?? profile;
  if (local !== undefined) {
    if (inAws !== undefined) {
      throw usageFailure(
        '--local is on this machine; --stage, --stack, --region and --profile are in AWS: give one of them.',
      );
    }
    return {
      at: 'url',
      url: readUrl('--local', local === '' ? (environment['TRACKER_URL'] ?? defaultLocalUrl) : local),
    };
  }
  if (stage !== undefined && stack !== undefined)
    throw usageFailure('--stage and --stack both name a stack: give one of them.');
  const url = environment['TRACKER_URL'];
  if (inAws === undefined && url !== undefined && url !== '') return { at: 'url', url: readUrl('TRACKER_URL', url) };
  return { at: 'stack', stack: stack ?? stackNameOf(stage ?? 'dev'), region, profile };
}

function readUrl(name: string, text: string): string {
  const address = /^\d{1,5}$/.test(text) ? `http://127.0.0.1:${text}` : text;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usageFailure(`${name} must be a URL such as ${defaultLocalUrl}, not "${text}".`);
  }
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/admin\/v1$/, '');
}

/** Decides whether the word after `--local` is its URL or a command, as in `tracker --local campaign list`. */
export function withLocalUrl(given: readonly string[]): string[] {
  const end = given.indexOf('--');
  return given.map((argument, index) => {
    const isLocal = argument === '--local' && (end === -1 || index < end);
    return isLocal && !/^(?:https?:|\d+$)/.test(given[index + 1] ?? '') ? '--local=' : argument;
  });
}
