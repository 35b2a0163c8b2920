import { createHash, timingSafeEqual } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

const freshMilliseconds = 5 * 60 * 1000;
/** Maximum age of the secret for rejecting a key, so that a flood of wrong keys does not read it each time. */
const freshForRejectionMilliseconds = 10_000;
const callMilliseconds = 2000;

export interface EdgeKey {
  /** Whether a key is that of the distribution: the current key, or the previous one until the distribution is updated. */
  matches(shown: string): Promise<boolean>;
}

/** Reads the key of the edge, from memory for minutes, and longer if a refresh fails. */
export function edgeKey(secretArn: string, clock: () => number = Date.now): EdgeKey {
  const client = new SecretsManagerClient({ maxAttempts: 2 });
  let held: { digests: readonly Buffer[]; readAt: number } | undefined;

  async function read(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<Buffer[]> {
    const { SecretString: secret = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }),
      { abortSignal: AbortSignal.timeout(callMilliseconds) },
    );
    return secret === '' ? [] : [sha256(secret)];
  }

  async function notOlderThan(milliseconds: number): Promise<readonly Buffer[]> {
    if (held !== undefined && clock() < held.readAt + milliseconds) return held.digests;
    try {
      // A key that was never changed has no previous version.
      const before = read('AWSPREVIOUS').catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      });
      const digests = (await Promise.all([read('AWSCURRENT'), before])).flat();
      held = { digests, readAt: clock() };
    } catch (error) {
      if (held === undefined) throw error;
      held = { digests: held.digests, readAt: clock() };
    }
    return held.digests;
  }

  return {
    async matches(shown) {
      const digest = sha256(shown);
      const isAmong = (digests: readonly Buffer[]) => digests.some((one) => timingSafeEqual(one, digest));
      if (isAmong(await notOlderThan(freshMilliseconds))) return true;
      // API Gateway caches a rejection for an hour: CloudFront may use a key that was changed after the last read.
      return isAmong(await notOlderThan(freshForRejectionMilliseconds));
    },
  };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
