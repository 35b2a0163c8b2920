import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import type { Amount } from '../domain/values/amount';
import { conversionStatuses } from '../domain/values/status';
import type { Currency } from '../domain/values/currency';
import type { ClickId } from '../domain/click/click-id';
import type { RequestId } from '../domain/values/request-id';
import type { Reason, Result, WarningCode } from '../domain/values/reasons';

export type Item = Record<string, AttributeValue>;

/** Writes a row; what is undefined is left out. */
export function toItem(row: object): Item {
  return marshall(row, { removeUndefinedValues: true, convertClassInstanceToMap: false });
}

/** Texts that only our own code wrote into our own tables keep the meaning they were written with. */
const written = <Text extends string>() =>
  v.pipe(
    v.string(),
    v.transform((text) => text as Text),
  );

export const clickIdText = written<ClickId>();
export const requestIdText = written<RequestId>();
export const amountText = written<Amount>();
export const currencyText = written<Currency>();
export const reasonText = written<Reason>();
export const storedResult = written<Result>();
/** A row of a later release may warn of what this one does not know yet. */
export const warningText = written<WarningCode>();
export const storedStatus = v.picklist(conversionStatuses);

/** Whether an error is DynamoDB's word that a condition did not hold. */
export function isConditionFailed(error: unknown): error is Error & { readonly Item?: Item } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
