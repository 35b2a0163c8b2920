import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Command = Parameters<DynamoDBClient['send']>[0];

/**
 * Has each call of a client pass `around` first, until the function that is returned ends it. Middleware of the SDK would see the first
 * call of our client alone.
 */
export function beforeCalls(
  client: DynamoDBClient,
  around: (command: Command, next: () => Promise<unknown>) => Promise<unknown>,
): () => void {
  const { send } = client;
  const sent = send.bind(client) as (command: Command, ...options: unknown[]) => Promise<unknown>;
  Object.assign(client, {
    send: (command: Command, ...options: unknown[]) => around(command, () => sent(command, ...options)),
  });
  return () => void Object.assign(client, { send });
}
