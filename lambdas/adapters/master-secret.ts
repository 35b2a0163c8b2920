import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readMaster, type Master } from '../domain/trust/keys';

const freshMilliseconds = 5 * 60 * 1000;
const callMilliseconds = 2000;
/** Pause after a failed refresh, during which the old value is used. */
const retryMilliseconds = 30 * 1000;

export interface MasterSecret {
  /** Returns the master secret, from memory for minutes, and longer if a refresh fails. Throws if it was never read: fails closed. */
  read(): Promise<Master>;
}

export function masterSecret(secretArn: string, clock: () => number = Date.now): MasterSecret {
  const client = new SecretsManagerClient({ maxAttempts: 2 });
  let held: { master: Master; refreshAt: number } | undefined;
  let underway: Promise<Master> | undefined;

  async function fetch(): Promise<Master> {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }), {
      abortSignal: AbortSignal.timeout(callMilliseconds),
    });
    return readMaster(answer.SecretString ?? '');
  }

  async function refresh(): Promise<Master> {
    try {
      const master = await fetch();
      held = { master, refreshAt: clock() + freshMilliseconds };
      return master;
    } catch (error) {
      if (held === undefined) throw error;
      held = { master: held.master, refreshAt: clock() + retryMilliseconds };
      return held.master;
    } finally {
      underway = undefined;
    }
  }

  return {
    async read() {
      if (held !== undefined && clock() < held.refreshAt) return held.master;
      // Concurrent requests share one call.
      underway ??= refresh();
      return underway;
    },
  };
}
