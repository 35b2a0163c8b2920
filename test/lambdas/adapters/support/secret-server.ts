import { createServer } from 'node:http';
import type { Master } from '../../../../lambdas/domain/trust/keys';
import { close, listen } from './wire-proxy';

export const master: Master = { currentNumber: 1, current: 'a'.repeat(40) };

export interface SecretServer {
  /** The secret's text; `undefined` is an error of the service. */
  secret: string | undefined;
  /** How often it was asked. */
  readonly reads: number;
  stop(): Promise<void>;
}

/** As much of Secrets Manager as GetSecretValue is. Points this process's SDK, and our functions' environment, at itself. */
export async function startSecretServer(): Promise<SecretServer> {
  const state = { secret: JSON.stringify(master) as string | undefined, reads: 0 };
  const server = createServer((request, response) => {
    request.resume();
    state.reads += 1;
    const known = state.secret !== undefined;
    response.writeHead(known ? 200 : 500, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        known
          ? { SecretString: state.secret }
          : { __type: 'InternalServiceError', Message: 'the secret store is broken' },
      ),
    );
  });
  process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = await listen(server);
  process.env['MASTER_SECRET_ARN'] = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:master-abcdef';
  return Object.assign(state, { stop: () => close(server) });
}
