import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Template } from '../../../lib/template-rules/template';
import type { Layer, Subject } from './subject';
import { withTemplateFile } from './template-file';

/** The packs of cdk-nag that the app itself runs. They read constructs, so that the template is made into constructs again. */
export const rulePacksLayer: Layer = {
  name: 'cdk-nag',
  findings: async (subject) => {
    const stack = await constructsOf(subject);
    if (stack === undefined) return [];
    return [new AwsSolutionsChecks(), new ServerlessChecks()]
      .flatMap((pack) => pack.validateScope(stack).violations)
      .map(({ ruleName, description, violatingResources }) => ({
        rule: ruleName,
        message: `${violatingResources.map(({ constructPath = '' }) => lastOf(constructPath)).join(', ')}: ${description}`,
      }));
  },
};

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `undefined` for a template that is not even one in form: that is for the other layers to say. */
async function constructsOf({ template, acknowledged }: Subject): Promise<Stack | undefined> {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  try {
    const included = await withTemplateFile(template, (templateFile) => new CfnInclude(stack, 'All', { templateFile }));
    for (const { logicalId } of new Template(template).resources) {
      const rules = (acknowledged.get(logicalId) ?? []).map((id) => ({ id, reason: 'as in the app' }));
      Validations.of(included.getResource(logicalId)).acknowledge(...rules);
    }
  } catch {
    return undefined;
  }
  return stack;
}
