import {
  QueryCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { tableKey } from '../contract';
import type { Claim } from '../domain/request/claim';
import { isReportedOnly } from '../domain/conversion/browser-report';
import { mayChangeRow } from '../domain/conversion/changed-row';
import type { Conversion, ConversionSubject } from '../domain/conversion/conversion';
import { settleAmong, settleByKey, type Settlement } from '../domain/conversion/settlement';
import type { ClickId } from '../domain/click/click-id';
import { readConversion } from './conversion-item';
import {
  conditionalPut,
  conversionCallMilliseconds,
  readKeyRow,
  putConversion,
  type WriteResult,
} from './conversion-write';
import { abortSignal, type Deadline } from './deadline';
import type { Item } from './item';

/** Maximum rounds of write, lose the race, decide again. Afterwards the postback waits in the queue: nothing is lost. */
const maximumRounds = 24;
const longestPauseMilliseconds = 200;

/** The rules of settling a claim. */
export interface SettlementRules {
  /** Whether the claim may be the first of its key. */
  readonly mayCreate: boolean;
  /** Whether the click's other conversions matter: for a reversal, a sale with waiting reversals, and a retry under another key. */
  readonly amongClick: boolean;
}

export interface ConversionsTable {
  /** Records a claim exactly once, also after retries. Throws if the table does not respond in time. */
  record(subject: ConversionSubject, claim: Claim, rules: SettlementRules, deadline: Deadline): Promise<Settlement>;
  /** Returns the result of `record` without writing. */
  foresee(subject: ConversionSubject, claim: Claim, rules: SettlementRules, deadline: Deadline): Promise<Settlement>;
  /** Returns the integration that recorded a conversion of a click; `undefined` if there is none. */
  integrationOf(clickId: ClickId, deadline: Deadline): Promise<string | undefined>;
}

const { partition } = tableKey.conversions;

export function conversionsTable(client: DynamoDBClient, tableName: string): ConversionsTable {
  /** Writes rows in one transaction. The first row is that of the key to decide again after a conflict. */
  async function writeTogether(rows: readonly Conversion[], deadline: Deadline): Promise<WriteResult> {
    try {
      await client.send(
        new TransactWriteItemsCommand({ TransactItems: rows.map((row) => ({ Put: conditionalPut(tableName, row) })) }),
        { abortSignal: abortSignal(deadline, conversionCallMilliseconds) },
      );
      return { stored: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const found = error.CancellationReasons?.[0]?.Item;
      // Two simultaneous transactions on one key fail no condition: the next round reads again.
      return { stored: false, found: found === undefined ? undefined : readConversion(found) };
    }
  }

  /** Reads all conversions of a click, page by page: a missing one could be the one to reverse. */
  async function ofClick(clickId: ClickId, deadline: Deadline): Promise<readonly Conversion[]> {
    const found: Conversion[] = [];
    let last: Item | undefined;
    do {
      const page = await pageOfClick(clickId, deadline, last && { ExclusiveStartKey: last });
      found.push(...page.conversions);
      last = page.last;
    } while (last !== undefined);
    return found;
  }

  async function pageOfClick(
    clickId: ClickId,
    deadline: Deadline,
    paging: { readonly ExclusiveStartKey: Item } | { readonly Limit: number } | undefined,
  ): Promise<{ readonly conversions: readonly Conversion[]; readonly last: Item | undefined }> {
    const answer: { Items?: Item[]; LastEvaluatedKey?: Item } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#clickId = :clickId',
        ExpressionAttributeNames: { '#clickId': partition },
        ExpressionAttributeValues: { ':clickId': { S: clickId } },
        ConsistentRead: true,
        ...paging,
      }),
      { abortSignal: abortSignal(deadline, conversionCallMilliseconds) },
    );
    return { conversions: (answer.Items ?? []).map(readConversion), last: answer.LastEvaluatedKey };
  }

  async function settle(
    subject: ConversionSubject,
    claim: Claim,
    { mayCreate, amongClick }: SettlementRules,
    deadline: Deadline,
  ): Promise<Settlement> {
    const row = amongClick ? undefined : await readKeyRow(client, tableName, subject, deadline);
    return amongClick || mayChangeRow(row, claim)
      ? settleAmong(await ofClick(subject.clickId, deadline), subject, claim, mayCreate)
      : settleByKey(row, subject, claim, mayCreate);
  }

  return {
    async record(subject, claim, rules, deadline) {
      // Most claims are the first of their key: one write finds out, and a failed one returns the existing row.
      let settlement =
        rules.mayCreate && !rules.amongClick
          ? settleByKey(undefined, subject, claim, true)
          : await settle(subject, claim, rules, deadline);
      for (let round = 0; round < maximumRounds; round++) {
        if (settlement.outcome !== 'settled') return settlement;
        const [only, ...others] = settlement.writes;
        if (only === undefined) return settlement;
        const result =
          others.length === 0
            ? await putConversion(client, tableName, only, deadline)
            : await writeTogether(settlement.writes, deadline);
        if (result.stored) {
          if (settlement.conversion.meetsMore !== true) return settlement;
          settlement = await settle(subject, claim, rules, deadline);
          continue;
        }
        // The first failure only shows that the key is known; a second one that others write it too, and in step with this one.
        if (round > 0) await pause(Math.random() * Math.min(longestPauseMilliseconds, 2 ** round * 5));
        const amongClick = rules.amongClick || mayChangeRow(result.found, claim);
        settlement =
          amongClick || result.found === undefined
            ? await settle(subject, claim, { ...rules, amongClick }, deadline)
            : settleByKey(result.found, subject, claim, rules.mayCreate);
      }
      throw new Error(`concurrent writes of the conversion won ${maximumRounds} times in a row`);
    },
    foresee: settle,
    async integrationOf(clickId, deadline) {
      const [first] = (await pageOfClick(clickId, deadline, { Limit: 1 })).conversions;
      if (first === undefined || !isReportedOnly(first)) return first?.integration;
      // Browsers may have reported to another integration than the one that servers use.
      const spoken = (await ofClick(clickId, deadline)).find((one) => !isReportedOnly(one));
      return (spoken ?? first).integration;
    },
  };
}
