import { emulatedAccount, emulatedRegion } from '../emulator/emulator';
import { createUser } from '../account/identities';
import type { Credentials } from '../account/signed-request';
import { physicalName } from '../account/stack';
import type { Proof } from '../proof';
import type { Tracker } from '../tracker';

/** Checks access to the admin API: signatures, and the policies of the signer. Resolves to a signer with access. */
export async function knockAtAdmin({ account, checks }: Proof, tracker: Tracker): Promise<Credentials> {
  checks.section('The admin API');
  const { emulator } = account;
  const api = physicalName(tracker.stack, 'AWS::ApiGatewayV2::Api', 'IngestApi');
  const Resource = `arn:aws:execute-api:${emulatedRegion}:${emulatedAccount}:${api}/$default/*/admin/v1/*`;
  const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource }];
  const operator = await createUser(emulator, 'operator', { Version: '2012-10-17', Statement });
  const stranger = await createUser(emulator, 'stranger');
  const forger = { ...operator, secretAccessKey: 'x'.repeat(40) };

  const knock = async (claim: string, by: Credentials | undefined, expected: number): Promise<void> => {
    const { status } = await tracker.admin('GET', '/campaigns', by);
    checks.that(claim, status === expected, status);
  };
  await knock('rejects a request without a signature', undefined, 403);
  await knock('rejects a signature made with another secret', forger, 403);
  await knock('rejects a user without permission', stranger, 403);
  await knock('lets a user in who may invoke it and nothing else', operator, 200);
  return operator;
}
