import * as v from 'valibot';
import { readFilters } from '../../../lambdas/domain/reports/filter';

/** A filter as reports take it; one that the API would reject counts as absent. */
export const conditionList = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.check((text) => readFilters(text).ok),
);

/** The conditions of a report's filter: `campaign:spring,device!:mobile`. */
export const conditionsOf = (filter = ''): readonly string[] => filter.split(',').filter((one) => one !== '');

/** A condition for people: `campaign is spring`. */
export function conditionText(condition: string): string {
  const [, name = condition, sign = '', value = ''] = /^(\w+)(!?:|~)(.*)$/s.exec(condition) ?? [];
  const verb = { ':': 'is', '!:': 'is not', '~': 'contains' }[sign] ?? sign;
  const values = value.split('|').map((one) => decoded(one) || 'not known');
  return `${name} ${verb} ${values.join(' or ')}`;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
