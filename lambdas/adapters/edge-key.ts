import { createHash, timingSafeEqual } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

const freshMilliseconds = 5 * 60 * 1000;
const callMilliseconds = 2000;

export interface EdgeKey {
  /** Whether this is what the distribution shows: the current key, or the one before it until the distribution is told. */
  matches(shown: string): Promise<boolean>;
}

/** The key of the edge, from memory for minutes, and on from memory where it cannot be read anew. */
export function edgeKey(secretArn: string, clock: () => number = Date.now): EdgeKey {
  const client = new SecretsManagerClient({ maxAttempts: 2 });
  let held: { digests: readonly Buffer[]; refreshAt: number } | undefined;

  async function read(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<Buffer[]> {
    const { SecretString: secret = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }),
      { abortSignal: AbortSignal.timeout(callMilliseconds) },
    );
    return secret === '' ? [] : [sha256(secret)];
  }

  async function refreshed(): Promise<readonly Buffer[]> {
    if (held !== undefined && clock() < held.refreshAt) return held.digests;
    try {
      // One that was never changed has no version before.
      const before = read('AWSPREVIOUS').catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      });
      const digests = (await Promise.all([read('AWSCURRENT'), before])).flat();
      held = { digests, refreshAt: clock() + freshMilliseconds };
    } catch (error) {
      if (held === undefined) throw error;
      held = { digests: held.digests, refreshAt: clock() + freshMilliseconds };
    }
    return held.digests;
  }

  return {
    async matches(shown) {
      const digest = sha256(shown);
      return (await refreshed()).some((one) => timingSafeEqual(one, digest));
    },
  };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
