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

/** Serialises a row without undefined fields. */
export function toItem(row: object): Item {
  return marshall(row, { removeUndefinedValues: true, convertClassInstanceToMap: false });
}

/** Types texts that only this code writes into its tables. */
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
/** A row of a later release may have warnings that this one does not know. */
export const warningText = written<WarningCode>();
export const storedStatus = v.picklist(conversionStatuses);

/** Whether an error is DynamoDB's report of a failed condition. */
export function isConditionFailed(error: unknown): error is Error & { readonly Item?: Item } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
