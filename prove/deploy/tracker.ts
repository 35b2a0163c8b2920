import * as v from 'valibot';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Account } from './account/account';
import { ask, type Answered, type Asked, type Credentials } from './account/signed-request';
import { type DeployedStack, physicalName } from './account/stack';

const verdictSchema = v.object({ result: v.string(), reason: v.string(), requestId: v.string() });
const batchSchema = v.object({ batchId: v.string(), rows: v.array(v.object({ requestId: v.string() })) });

export type Verdict = v.InferOutput<typeof verdictSchema> & { readonly status: number };
export const tableLabels = ['Config', 'Clicks', 'Conversions', 'PostbackLog'] as const;
export type TableLabel = (typeof tableLabels)[number];

/** The deployed tracker: its API over HTTPS, and its tables as they are. */
export class Tracker {
  private readonly hostname: string;

  constructor(
    private readonly account: Account,
    readonly stack: DeployedStack,
  ) {
    this.hostname = `${physicalName(stack, 'AWS::ApiGatewayV2::Api', 'IngestApi')}.execute-api.localhost`;
  }

  call(asked: Asked): Promise<Answered> {
    return ask(this.account.emulator, this.hostname, 'execute-api', asked);
  }

  admin(method: 'GET' | 'PUT', path: string, signedBy?: Credentials, body?: object): Promise<Answered> {
    return this.call({
      method,
      path: `/admin/v1${path}`,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signedBy !== undefined && { signedBy }),
    });
  }

  /** Clicks, and resolves to the click ID that the landing page gets. */
  async click(campaign: string): Promise<string> {
    const { status, headers } = await this.call({ path: `/c/${campaign}?source=proof` });
    const location = headers['location'];
    const clickId = typeof location === 'string' ? new URL(location).searchParams.get('sub') : null;
    if (status !== 302 || !clickId) throw new Error(`a click answered ${status} with the location ${String(location)}`);
    return clickId;
  }

  async postback(parameters: Readonly<Record<string, string>>): Promise<Verdict> {
    const query = new URLSearchParams(parameters).toString();
    const { status, body } = await this.call({ path: `/postback?${query}` });
    return { status, ...v.parse(v.pipe(v.string(), v.parseJson(), verdictSchema), body) };
  }

  /** Sends rows together; resolves to the status and the number of rows that were taken. */
  async batch(
    integration: string,
    rows: readonly object[],
  ): Promise<{ readonly status: number; readonly taken: number }> {
    const path = `/postbacks/${integration}`;
    const { status, body } = await this.call({ method: 'POST', path, body: JSON.stringify(rows) });
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), batchSchema), body);
    return { status, taken: parsed.success ? parsed.output.rows.length : 0 };
  }

  tableName(label: TableLabel): string {
    return physicalName(this.stack, 'AWS::DynamoDB::GlobalTable', `Tables${label}`);
  }

  /** Every row of a table, read from DynamoDB itself. */
  rows(label: TableLabel): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return rowsOf(this.account, this.tableName(label));
  }
}

export async function rowsOf(
  { dynamoDb }: Account,
  TableName: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName })) {
    rows.push(...Items.map((item) => unmarshall(item, { wrapNumbers: true })));
  }
  return rows;
}
