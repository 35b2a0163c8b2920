import { sourceHealthAdvice, type ShownSourceHealth } from '../../../operator/deliveries/source-health';
import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';

export function sourceHealthText(health: ShownSourceHealth): string {
  const { source, state, unaccepted, unacceptedSince, nextAttemptAt, suspendedAt } = health;
  const isAccepting = state === 'accepting';
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['source', source],
    ['state', isAccepting ? style.good(state) : style.bad(state)],
    ['suspended at', suspendedAt],
    ['not accepted', unaccepted === 0 ? undefined : attemptsText(unaccepted, unacceptedSince)],
    [state === 'suspended' ? 'next trial' : 'next attempt', isAccepting ? undefined : (nextAttemptAt ?? 'at once')],
    ['next', sourceHealthAdvice(health)],
    ['its answer', unaccepted === 0 ? undefined : `tracker source test ${source}`],
  ];
  return fieldList(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function attemptsText(unaccepted: number, since: string | undefined): string {
  const attempts = unaccepted === 1 ? 'the last attempt' : `the last ${unaccepted} attempts`;
  return since === undefined ? attempts : `${attempts}, since ${since}`;
}
