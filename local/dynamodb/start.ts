import type { Closing } from '../closing';
import type { DataFolder } from '../data-folder/open';
import { messageOf } from '../failure';
import type { StackOptions } from '../options';
import type { StackModel } from '../template/model';
import { counted, type Terminal } from '../terminal';
import { DynamoDbClient } from './client';
import { postTo } from './post';
import { startDynoxide } from './server';
import type { StreamRecords } from './stream-records';
import { ensureTables } from './tables';
import { startTimeToLiveSweeper } from './time-to-live';

export interface RunningDynamoDb {
  readonly client: DynamoDbClient;
  /** `undefined` for a server that this stack did not start. */
  readonly streamRecords: StreamRecords | undefined;
}

/** The DynamoDB server with the template's tables. */
export async function startDynamoDb(
  options: StackOptions,
  data: DataFolder,
  stack: StackModel,
  terminal: Terminal,
  closing: Closing,
): Promise<RunningDynamoDb> {
  const begin = async (): Promise<RunningDynamoDb & { created: number }> => {
    if (options.dynamoDbEndpoint !== undefined) {
      const client = new DynamoDbClient(postTo(options.dynamoDbEndpoint));
      return { client, streamRecords: undefined, created: await ensureTables(client, stack.tables) };
    }
    const onExit = (reason: string): void => terminal.problem(`${reason}. Restart the stack.`);
    const server = await startDynoxide(data, onExit, (line) => terminal.line(`  ${line}`));
    closing.add(() => server.stop());
    const { client, streamRecords } = server;
    const created = await ensureTables(client, stack.tables);
    const withStream = stack.tables.filter(({ definition }) => definition['StreamSpecification'] !== undefined);
    streamRecords.forgetUnread(withStream.map(({ name }) => name));
    return { client, streamRecords, created };
  };
  const { client, streamRecords } = await terminal.step(
    'dynamodb',
    begin,
    ({ created }) => `${counted(stack.tables.length, 'table')}${created > 0 ? `, ${created} of them new` : ''}`,
  );
  const sweeper = startTimeToLiveSweeper(client, stack.tables, (error) =>
    terminal.problem(`Expired rows could not be deleted: ${messageOf(error)}`),
  );
  closing.add(() => sweeper.stop());
  return { client, streamRecords };
}
