import { postbackFields, type PostbackField } from '../presets';
import type { FieldValue } from './parameter-index';
import type { FieldValues } from './field-values';
import { clickIdIn } from '../click/click-id-runs';
import type { Reading } from './reading';

/** One field of a dry run: the value as sent, its parameter, and the value as read. */
export interface FieldExplanation {
  readonly field: PostbackField;
  /** Absent where no parameter carried the field. */
  readonly parameter?: string;
  readonly sent?: string;
  /** Absent where judgement ended before it read the field. */
  readonly readAs?: string;
  /** Whether a default applied, since nothing was sent. */
  readonly assumed?: true;
}

/** Explains a postback field by field, for a person who connects a sender. */
export function explain(
  clickId: FieldValue | undefined,
  values: FieldValues | undefined,
  reading: Reading | undefined,
): readonly FieldExplanation[] {
  const sent = (field: PostbackField): FieldValue | undefined => (field === 'clickId' ? clickId : values?.[field]);
  return postbackFields.map((field) => {
    const value = sent(field);
    const readAs = meaningOf(field, clickId, reading);
    return {
      field,
      ...(value !== undefined && { parameter: value.parameter, sent: value.text }),
      ...(readAs !== undefined && { readAs }),
      ...(value === undefined && readAs !== undefined && { assumed: true as const }),
    };
  });
}

function meaningOf(
  field: PostbackField,
  clickId: FieldValue | undefined,
  reading: Reading | undefined,
): string | undefined {
  if (field === 'clickId') return clickId === undefined ? undefined : clickIdIn(clickId.text);
  if (reading === undefined) return undefined;
  const { event, transactionId, claim } = reading;
  switch (field) {
    case 'amount':
      return claim.amount ?? claim.fallback.amount;
    case 'currency':
      return claim.currency ?? claim.fallback.currency;
    case 'status':
      return claim.status ?? claim.fallback.status;
    case 'event':
      return event;
    case 'transactionId':
      return transactionId;
    case 'timestamp':
      return new Date(claim.eventTime).toISOString();
  }
}
