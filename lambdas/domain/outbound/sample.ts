import { sampleClickId } from '../click/click-id';
import type { Postback } from '../configuration/outbound-postback';
import type { Conversion } from '../conversion/conversion';
import type { Amount } from '../values/amount';
import type { Currency } from '../values/currency';
import type { ConversionStatus } from '../values/status';
import { reportedOf, type Delivery } from './delivery';
import { deliveryIdOf } from './delivery-id';
import { macrosOf } from './pattern-texts';
import { consentParameter, patternOf } from './render';
import type { SourceTemplate } from './sources/template';

/** The choices of a person for an example conversion. */
export interface Sample {
  readonly source: string;
  readonly externalId: string;
  readonly event: string;
  readonly status: ConversionStatus;
  readonly amount: Amount;
  readonly currency: Currency;
}

/** A conversion that never was, one minute after its click: every macro has a value by it. */
export function sampleConversion({ source, externalId, ...reported }: Sample, now: number): Conversion {
  return {
    clickId: sampleClickId,
    conversionKey: `test:${reported.event}#TEST-1`,
    transactionId: 'TEST-1',
    campaign: 'test',
    integration: 'test',
    source,
    click: {
      clickedAt: now - 60_000,
      offer: 'test',
      subs: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, `test-sub${index + 1}`])),
      externalId,
      userAgent: 'Mozilla/5.0 (test)',
      bot: false,
    },
    ...reported,
    amountNamed: true,
    test: true,
    repeated: false,
    version: 1,
    recordedAt: now,
    changedAt: now,
    occurredAt: now,
    history: [],
  };
}

/** Its delivery, which is stored nowhere. */
export function sampleDelivery(conversion: Conversion, sourceId: string, postbackId: string, now: number): Delivery {
  return {
    id: deliveryIdOf(conversion, sourceId, postbackId, `test ${now}`),
    sourceId,
    postbackId,
    clickId: conversion.clickId,
    conversionKey: conversion.conversionKey,
    conversionVersion: 1,
    when: 'first',
    ...reportedOf(conversion),
    state: 'due',
    attempts: 0,
    createdAt: now,
  };
}

/** Its click's own parameters: a value for each that the request names, and the consent of a visitor who never was. */
export function sampleParameters(
  postback: Postback,
  template: SourceTemplate | undefined,
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const pattern = patternOf(postback, template);
  const named = (pattern === undefined ? [] : macrosOf(pattern)).flatMap(({ name, argument }) =>
    name === 'param' && argument !== undefined ? [[argument, `test-${argument}`] as const] : [],
  );
  return { [consentParameter]: 'granted', ...Object.fromEntries(named), ...given };
}
