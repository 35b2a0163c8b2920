import type { AlarmState } from './alarm-state';

export type Rule = (stateOf: (alarm: string) => AlarmState) => boolean;

const token = /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^)"]+?)"?\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y;

/**
 * Reads the rule of a composite alarm: `(ALARM("a") AND NOT OK("b")) OR TRUE`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export function parseRule(text: string): Rule {
  let position = 0;
  const read = (): RegExpExecArray | undefined => {
    token.lastIndex = position;
    return token.exec(text) ?? undefined;
  };
  const fail = (): never => {
    throw new Error(`the alarm rule "${text}" is not understood at ${position}`);
  };
  const take = (word: string): boolean => {
    const match = read();
    if (match === undefined || (match[3] ?? match[4]) !== word) return false;
    position += match[0].length;
    return true;
  };
  const anyOf = (): Rule => {
    const rules = [allOf()];
    while (take('OR')) rules.push(allOf());
    return (stateOf) => rules.some((rule) => rule(stateOf));
  };
  const allOf = (): Rule => {
    const rules = [one()];
    while (take('AND')) rules.push(one());
    return (stateOf) => rules.every((rule) => rule(stateOf));
  };
  const one = (): Rule => {
    if (take('NOT')) {
      const inner = one();
      return (stateOf) => !inner(stateOf);
    }
    if (take('TRUE')) return () => true;
    if (take('FALSE')) return () => false;
    if (take('(')) {
      const inner = anyOf();
      return take(')') ? inner : fail();
    }
    const match = read();
    const [whole = '', state, alarm] = match ?? [];
    if (state === undefined || alarm === undefined) return fail();
    position += whole.length;
    return (stateOf) => stateOf(alarm) === state;
  };
  const rule = anyOf();
  return position < text.trimEnd().length ? fail() : rule;
}
