import type { AdminCall } from './tracker-access';

/** Calls that change nothing although their method may: they compute. */
const computing: readonly RegExp[] = [/^\/reports\/audit\/counted$/];

/**
 * Whether a call only reads. What shows a secret is no reading here: with it, a person can send postbacks that count.
 * @param path below `/admin/v1`
 */
export function onlyReads({ method, path, body }: Pick<AdminCall, 'method' | 'path' | 'body'>): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  if (method !== 'POST') return false;
  return computing.some((pattern) => pattern.test(path)) || (path === '/postbacks/replay' && isDryRun(body));
}

function isDryRun(body = ''): boolean {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null && 'dryRun' in read && read.dryRun === true;
  } catch {
    return false;
  }
}
