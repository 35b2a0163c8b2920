import type { Measure } from '../../../../operator/report/ask-report';

/** `+25%`: how a measure differs from the one before. Nothing where there is no common number, or none to compare with. */
export function changeText(present: Measure, before: Measure, locale?: string): string | undefined {
  const [now, then] = [numberOf(present), numberOf(before)];
  if (now === undefined || then === undefined || now.unit !== then.unit || then.value <= 0) return undefined;
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  }).format(now.value / then.value - 1);
}

/** Money of one currency, or a count. */
function numberOf(measure: Measure): { readonly value: number; readonly unit?: string } | undefined {
  if (typeof measure === 'number') return { value: measure };
  const [only, ...others] = Object.entries(measure ?? {});
  if (only === undefined || others.length > 0) return undefined;
  const [unit, amount] = only;
  return { value: Number(amount), unit };
}
