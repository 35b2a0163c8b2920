import type { SourceTemplate } from './template';

/** Returns the source's tokens for the link of an ad, by the parameter of the click URL that they fill. */
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
