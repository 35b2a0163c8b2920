import type { ClickId } from '../click/click-id';
import type { RequestId } from '../values/request-id';
import type { Amount } from '../values/amount';
import type { Conversion } from '../conversion/conversion';
import type { Currency } from '../values/currency';
import type { ConversionStatus } from '../values/status';
import type { Reason, Result, Warning } from '../values/reasons';

/** The conversion as a verdict shows it. */
export interface ConversionSummary {
  readonly clickId: ClickId;
  readonly event: string;
  readonly transactionId?: string;
  readonly status: ConversionStatus;
  /** Absent where no amount is known. */
  readonly amount?: Amount;
  readonly currency?: Currency;
  readonly version: number;
}

/** The verdict on one postback. */
export interface Verdict {
  readonly result: Result;
  readonly reason: Reason;
  readonly httpStatus: number;
  /** The result and the next step, in a sentence for the sender. */
  readonly message: string;
  readonly requestId: RequestId;
  readonly conversion?: ConversionSummary;
  readonly warnings: readonly Warning[];
}

export function summaryOf(conversion: Conversion): ConversionSummary {
  return {
    clickId: conversion.clickId,
    event: conversion.event,
    ...(conversion.transactionId !== undefined && { transactionId: conversion.transactionId }),
    status: conversion.status,
    ...(conversion.amount !== undefined && { amount: conversion.amount }),
    ...(conversion.currency !== undefined && { currency: conversion.currency }),
    version: conversion.version,
  };
}
