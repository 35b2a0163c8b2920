import { execFileSync } from 'node:child_process';
import { textLike } from './field-types';
import { wrong } from './stage-configuration-error';

const placeholder = '{commit}';

export const runbookUrl = () =>
  textLike(
    /^https:\/\/[^\s/]+\.[^\s#?]+$/,
    'an https:// URL of the runbook, without # or ?; {commit} in it is replaced',
  );

interface RunbookStage {
  readonly name: string;
  readonly runbookUrl?: string | undefined;
}

/** Returns the URL with the deployed commit in it, so that an alarm leads to the runbook of its code. */
export function runbookAddress(stage: RunbookStage, commit: () => string | undefined): string | undefined {
  const { name, runbookUrl: url } = stage;
  if (!url?.includes(placeholder)) return url;
  const deployed = commit();
  if (deployed === undefined) {
    throw wrong(
      name,
      'runbookUrl',
      url,
      'a URL without {commit} where neither git nor GITHUB_SHA says which one it is',
    );
  }
  return url.replaceAll(placeholder, deployed);
}

/** Returns the checked-out commit: from GitHub's jobs, or from git. */
export function commitAtHand(): string | undefined {
  const commit = process.env['GITHUB_SHA'];
  if (commit !== undefined && commit !== '') return commit;
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: __dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
