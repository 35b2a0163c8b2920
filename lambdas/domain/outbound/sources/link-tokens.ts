import type { SourceTemplate } from './template';

/** What the link of an ad says of a click there: the source's own tokens, by the parameter of the click URL that they fill. */
export function linkTokens({
  click,
  cost,
  parameters = {},
}: Pick<SourceTemplate, 'click' | 'cost' | 'parameters'>): Readonly<Record<string, string>> {
  return {
    ...(click.token !== undefined && { external_id: click.token }),
    ...(cost !== undefined && { cost: cost.token }),
    ...parameters,
  };
}
