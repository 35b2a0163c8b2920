import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

export const masterText = JSON.stringify({ currentNumber: 1, current: 'a'.repeat(40) });

export interface SecretsServer {
  /** The answer to every GetSecretValue; `undefined` is an error of the service. */
  secret: string | undefined;
  stop(): Promise<void>;
}

/** Speaks as much of Secrets Manager as GetSecretValue is, and points this process's SDK at itself. */
export async function startSecretsServer(): Promise<SecretsServer> {
  const state: { secret: string | undefined } = { secret: masterText };
  const server = createServer((request, response) => {
    request.resume();
    const known = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && state.secret !== undefined;
    response.writeHead(known ? 200 : 500, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(known ? { SecretString: state.secret } : { __type: 'InternalServiceError' }));
  });
  const url = await listen(server);
  process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = url;
  process.env['MASTER_SECRET_ARN'] = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:master-abcdef';
  return Object.assign(state, { stop: () => close(server) });
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return `http://127.0.0.1:${address.port}`;
}

export async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
