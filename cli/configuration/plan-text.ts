import { counted } from '../../operator/counted';
import { style } from '../terminal/style';
import { differenceLines } from './differences-text';
import { nameOf, type Plan, type PlanStep } from '../../operator/documents/plan';

/** Lists the planned changes field by field, and the documents without a change. */
export function planText({ steps, unchanged, unmanaged }: Plan): string {
  const lines = steps.flatMap((step) => [
    style.heading(stepName(step)),
    ...(step.action === 'delete' ? [] : differenceLines(step.differences).map((line) => `  ${line}`)),
  ]);
  const left = unmanaged.map(nameOf).join(', ');
  return [
    ...lines,
    steps.length === 0
      ? `Nothing to change: ${counted(unchanged.length, 'document')} as they should be.`
      : `Plan: ${summaryOf(steps)}, ${unchanged.length} unchanged.`,
    ...(left === '' ? [] : [style.quiet(`In no file, and left alone without --prune: ${left}.`)]),
  ].join('\n');
}

export function stepName({ action, kind, id }: PlanStep): string {
  return `${action} ${kind} ${id}`;
}

function summaryOf(steps: readonly PlanStep[]): string {
  const count = (action: PlanStep['action']): number => steps.filter((step) => step.action === action).length;
  return `${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete`;
}
